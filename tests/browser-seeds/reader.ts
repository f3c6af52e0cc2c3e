/** The reader: real keys and clicks in a tab, each of which must have its effect. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Word } from './ledger.ts'
import type { Act, ActionName } from './schedule.ts'
import type { Pressed, ShownRow, Tab } from './tab.ts'

/** Longer is a key press that was lost. */
const ACKNOWLEDGED_WITHIN_MS = 5000
const SHOWN_WITHIN_MS = 3000

const KEYS = { flag: 's', archive: 'e', delete: '#', junk: '!', move: 'v', label: 'l' } as const

export interface Desk {
  readonly inboxId: string
  readonly say: (text: string) => void
  readonly breach: (what: string) => void
}

/** Does it, and waits until it is acknowledged and shown, unless the step is hasty. */
export async function act(tab: Tab, step: Act, desk: Desk): Promise<void> {
  await lastAcknowledged(tab, desk)
  if (step.action === 'undo' || step.action === 'redo') {
    await takeBack(tab, step, desk)
    return
  }
  const isInbox = (await tab.mailboxId()) === desk.inboxId
  const leaves = ['archive', 'delete', 'junk', 'move'].includes(step.action)
  const all = await tab.rows()
  const at = step.row % Math.max(1, Math.min(all.length, 8))
  const meant = all.slice(at, at + step.count)
  const [first] = meant
  if (!first || (leaves && !isInbox)) {
    desk.say('nothing to act on')
    return
  }
  if (!(await isAlone(tab, first)) || !(await tab.focusRow(first.threadId))) {
    desk.say('the row is gone')
    return
  }
  if (step.action === 'open') {
    await openAndFlag(tab, first, desk)
    return
  }
  if (meant.length > 1) {
    await tab.page.keyboard.press('x')
    for (let more = 1; more < meant.length; more += 1) await tab.page.keyboard.press('Shift+ArrowDown')
  }
  const chosen = await chosenRows(tab, meant)
  const pressed = begin(tab, chosen, meantBy(step.action, chosen))
  const key = keyOf(step, chosen)
  desk.say(`${key} on ${chosen.map(({ emailId }) => emailId).join(' ')}`)
  await tab.page.keyboard.press(key)
  if (step.action === 'move') await answerPicker(tab, 'arch')
  if (step.action === 'label') await answerPicker(tab, 'work')
  if (step.isHasty && step.action !== 'move' && step.action !== 'label') return
  await acknowledged(tab, pressed, `${key} on ${first.emailId}`, desk)
  if (chosen.length === 1) await shown(tab, step, first, desk)
}

const TICKED = '[data-view=messages] [role=listitem]:has(input:checked)'

/** What is marked stays ticked, and would be meant again. */
async function isAlone(tab: Tab, { threadId }: ShownRow): Promise<boolean> {
  const ticked = tab.page.locator(TICKED)
  if ((await ticked.count()) === 0) return true
  if (!(await tab.focusRow(threadId))) return false
  await tab.page.keyboard.press('Escape')
  await ticked.first().waitFor({ state: 'detached', timeout: 3000 })
  return true
}

/** What was ticked may have moved meanwhile: the ticks say what is meant. */
async function chosenRows(tab: Tab, meant: readonly ShownRow[]): Promise<readonly ShownRow[]> {
  if (meant.length === 1) return meant
  const ticked = await tab.page
    .locator(TICKED)
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-thread-id')))
  return (await tab.rows()).filter(({ threadId }) => ticked.includes(threadId))
}

function keyOf({ action }: Act, chosen: readonly ShownRow[]): string {
  if (action === 'read') return chosen.some(({ isUnread }) => isUnread) ? 'Shift+I' : 'Shift+U'
  return KEYS[action as keyof typeof KEYS]
}

/** Tells the rows of the outbox that a key is for from what the page writes of its own accord. */
function meantBy(action: ActionName, chosen: readonly ShownRow[]): Pressed['isMeant'] {
  const is = ({ property, value }: Word): boolean => {
    if (action === 'flag' || action === 'open') return property === 'keywords/$flagged'
    if (action === 'read') return property === 'keywords/$seen' && value === chosen.some(({ isUnread }) => isUnread)
    return action === 'label' ? property.startsWith('keywords/') : property.startsWith('mailboxIds/')
  }
  return (words) => words.some(is)
}

function begin(tab: Tab, rows: readonly ShownRow[], isMeant: Pressed['isMeant']): Pressed {
  const emailIds = rows.map(({ emailId }) => emailId)
  const pressed: Pressed = { emailIds, isMeant, words: [], isAcknowledged: false }
  tab.last = pressed
  tab.steps += 1
  return pressed
}

/** What was pressed last in haste has had its effect by now. */
export async function lastAcknowledged(tab: Tab, desk: Desk): Promise<void> {
  if (tab.last && !tab.last.isAcknowledged) await acknowledged(tab, tab.last, 'a key pressed in haste', desk)
}

async function acknowledged(tab: Tab, pressed: Pressed, what: string, desk: Desk): Promise<void> {
  const deadline = performance.now() + ACKNOWLEDGED_WITHIN_MS
  while (!pressed.isAcknowledged && performance.now() < deadline) await sleep(10)
  if (!pressed.isAcknowledged) desk.breach(`${tab.name}: ${what} had no effect`)
}

async function shown(tab: Tab, step: Act, before: ShownRow, desk: Desk): Promise<void> {
  const is = (row: ShownRow | undefined): boolean => {
    if (step.action === 'flag') return row?.isFlagged === !before.isFlagged
    if (step.action === 'read') return row?.isUnread === !before.isUnread
    return step.action === 'label' || row === undefined
  }
  const deadline = performance.now() + SHOWN_WITHIN_MS
  for (;;) {
    const row = (await tab.rows()).find(({ threadId }) => threadId === before.threadId)
    if (is(row)) return
    if (performance.now() > deadline) {
      desk.breach(`${tab.name} does not show ${step.action} on ${before.emailId}: ${JSON.stringify(row)}`)
      return
    }
    await sleep(20)
  }
}

async function answerPicker(tab: Tab, typed: string): Promise<void> {
  const picker = tab.page.getByRole('dialog')
  await picker.getByRole('combobox').fill(typed, { timeout: 10_000 })
  await tab.page.keyboard.press('Enter')
  await picker.waitFor({ state: 'detached' })
}

/** In the conversation, and back to the list. */
async function openAndFlag(tab: Tab, row: ShownRow, desk: Desk): Promise<void> {
  await tab.page.keyboard.press('Enter')
  await tab.page.locator('main article').first().waitFor()
  const pressed = begin(tab, [row], meantBy('open', [row]))
  desk.say(`s in the conversation of ${row.emailId}`)
  await tab.page.keyboard.press('s')
  await acknowledged(tab, pressed, `s in the conversation of ${row.emailId}`, desk)
  await tab.page.keyboard.press('u')
  await tab.page.locator('main article').first().waitFor({ state: 'hidden' })
  await tab.untilFocused(row.threadId)
}

/** By the toast where there is one, else by the key. */
async function takeBack(tab: Tab, step: Act, desk: Desk): Promise<void> {
  const isUndo = step.action === 'undo'
  const hadSteps = tab.steps > 0
  const toast = tab.page.getByRole('status').getByRole('button', { name: 'Undo' })
  // Where there may be nothing to take back, nothing is expected of it.
  const pressed: Pressed = { emailIds: [], isMeant: () => true, words: [], isAcknowledged: !isUndo || !hadSteps }
  const mayClick = isUndo && step.count > 1 && (await toast.isVisible())
  desk.say(mayClick ? 'clicks Undo' : isUndo ? 'z' : 'Shift+Z')
  tab.last = pressed
  if (mayClick) await toast.click()
  else await tab.page.keyboard.press(isUndo ? 'z' : 'Shift+Z')
  if (isUndo && hadSteps) {
    tab.steps -= 1
    if (!step.isHasty) await acknowledged(tab, pressed, 'undo', desk)
  } else await sleep(100)
}
