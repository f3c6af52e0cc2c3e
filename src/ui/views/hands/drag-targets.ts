/** Mailboxes of the tree as targets of a drag: which one is under the pointer, which may be dropped on. */
import { canFile } from '../../../state/file-away.ts'
import { fromPath } from '../../../state/route.ts'
import type { Mailbox, MailboxId } from '../../../jmap/types.ts'
import type { RowMessage } from '../../../mail/list.ts'
import type { RowActs } from './row-acts.ts'

const ITEMS = '[role=tree] > [role=treeitem]'

export class DragTargets {
  readonly #acts: RowActs
  readonly #messages: readonly RowMessage[]
  readonly #mailboxes: readonly Mailbox[]
  readonly #known = new Map<string, boolean>()
  readonly #watch = new MutationObserver(() => this.mark(this.#isCopy))
  #isCopy = false
  #over: HTMLElement | undefined

  constructor(acts: RowActs, messages: readonly RowMessage[]) {
    this.#acts = acts
    this.#messages = messages
    this.#mailboxes = acts.account.mailboxes.stored ?? []
    for (const tree of document.querySelectorAll('[role=tree]')) this.#watch.observe(tree, { childList: true })
  }

  /** Dims what cannot be dropped on: also of what was opened, or came into view, meanwhile. */
  mark(isCopy: boolean): void {
    this.#isCopy = isCopy
    for (const item of document.querySelectorAll<HTMLElement>(ITEMS)) {
      if (item !== this.#over) item.dataset['drop'] = this.#may(item) ? 'yes' : 'no'
    }
  }

  /** Points at what is under the pointer; undefined where nothing may be dropped. */
  point(item: HTMLElement | undefined): Mailbox | undefined {
    const over = item && this.#may(item) ? item : undefined
    if (over !== this.#over && this.#over) this.#over.dataset['drop'] = 'yes'
    this.#over = over
    if (over) over.dataset['drop'] = 'over'
    return over && this.#mailbox(over)
  }

  leave(): void {
    this.#watch.disconnect()
    for (const item of document.querySelectorAll<HTMLElement>('[data-drop]')) delete item.dataset['drop']
  }

  #mailbox({ dataset }: HTMLElement): Mailbox | undefined {
    return this.#mailboxes.find(({ id }) => id === dataset['mailboxId'])
  }

  /** Between accounts nothing is moved yet. */
  #may(item: HTMLElement): boolean {
    const { account, mailbox } = this.#acts
    const route = fromPath(item.getAttribute('href') ?? '')
    if (route.view !== 'mailbox' || route.account !== account.info.key) return false
    const to = item.dataset['mailboxId'] as MailboxId
    const key = `${to} ${String(this.#isCopy)}`
    const filing = { to, isCopy: this.#isCopy }
    const may =
      this.#known.get(key) ??
      canFile(filing, { messages: this.#messages, from: mailbox?.id, mailboxes: this.#mailboxes })
    this.#known.set(key, may)
    return may
  }
}

export function targetAt(x: number, y: number): HTMLElement | undefined {
  return document.elementFromPoint(x, y)?.closest<HTMLElement>(ITEMS) ?? undefined
}
