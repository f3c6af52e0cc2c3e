/** The ways by which a mail reaches a screen, a printer or a file, and which mails are led along which. */
import type { HostileMail } from './corpus.ts'

/** Isolate's (docs: contract, `test:hostile`). An issue that builds another adds it here. */
export const appPaths = [
  'list',
  'toast',
  'view',
  'details',
  'source',
  'print',
  'eml',
  'attachment',
  'hover',
  'click',
  'window',
  'title',
  'reload',
  'back',
] as const
export type AppPath = (typeof appPaths)[number]

/** What the corpus asks to be done with a mail, and the path of ours on which it is done. */
export const pathOfAction: Readonly<Record<string, AppPath>> = {
  list: 'list',
  toast: 'toast',
  view: 'view',
  'view-source': 'source',
  print: 'print',
  'open-inner': 'eml',
  preview: 'attachment',
  download: 'attachment',
  // the browser's own menu over a picture: what it would open is the blob or data URL that the preview shows
  'open-image-in-new-tab': 'attachment',
  hover: 'hover',
  click: 'click',
  // who the list says to write to stands in the details
  unsubscribe: 'details',
  'pop-out': 'window',
  reload: 'reload',
  back: 'back',
}

/** What the app cannot do yet, and the issue that brings it, with its path. */
export const comingActions: Readonly<Record<string, string>> = {
  reply: 'Write',
  'reply-all': 'Write',
  forward: 'Write',
  'draft-reload': 'Write',
  'open-as-draft': 'Write',
  send: 'Write',
  signature: 'Write',
  search: 'Find',
  notification: 'Arrive',
  'add-contact': 'contacts',
}

/** Every mail goes these ways. */
const everyMail: readonly AppPath[] = [
  'list',
  'view',
  'title',
  'details',
  'attachment',
  'eml',
  'hover',
  'click',
  'back',
]
/** Categories that are made for a way, whether or not the mail asks. */
const ofCategory: Readonly<Record<string, readonly AppPath[]>> = {
  script: ['toast'],
  nav: ['reload', 'window'],
  attachment: ['source'],
  header: ['source', 'print', 'toast'],
  spoof: ['print'],
  css: ['print'],
  dos: ['print', 'source'],
  efail: ['print', 'source'],
  calendar: ['print'],
}

/** `isWhole`: every way for every mail. */
export function pathsFor(mail: HostileMail, isWhole: boolean): ReadonlySet<AppPath> {
  if (isWhole) return new Set(appPaths)
  const asked = mail.actions.flatMap((action) => pathOfAction[action] ?? [])
  return new Set([...everyMail, ...asked, ...(ofCategory[mail.category] ?? [])])
}

/** For each path how many mails ask for it, and what is asked that nobody here knows. */
export function askedOf(mails: readonly HostileMail[]): {
  readonly paths: ReadonlyMap<AppPath, ReadonlySet<string>>
  readonly coming: Readonly<Record<string, number>>
  readonly unknown: readonly string[]
} {
  const paths = new Map<AppPath, Set<string>>()
  const coming: Record<string, number> = {}
  const unknown = new Set<string>()
  for (const { file, actions } of mails) {
    for (const action of actions) {
      const path = pathOfAction[action]
      if (path !== undefined) paths.set(path, (paths.get(path) ?? new Set<string>()).add(file))
      else if (action in comingActions) coming[action] = (coming[action] ?? 0) + 1
      else unknown.add(action)
    }
  }
  return { paths, coming, unknown: [...unknown] }
}
