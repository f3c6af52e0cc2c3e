/**
 * The app names a mailbox where it says what was done: in the picker, in the toast, and in the tree. Here it is called by
 * the mail's own subject. The row is copied there, and the copy is taken back, so that the list stays as it is.
 */
import { until, type EnginePage } from './engine-page.ts'

const patienceMs = 15_000

/** Answers how many toasts were shown; `check` counts what happened meanwhile. */
export async function tellByToast(
  page: EnginePage,
  { position, mailboxId }: { readonly position: number; readonly mailboxId: string },
  check: () => Promise<void>,
): Promise<number> {
  await until(
    page,
    'its row and its mailbox',
    patienceMs,
    (at, id) => {
      // The picker has what the page knows of when it opens.
      if (!document.querySelector(`[role=treeitem][data-mailbox-id="${id}"]`)) return false
      const row = document.querySelector(`[data-view=messages] [role=listitem][aria-posinset="${String(at)}"]`)
      const link = row?.querySelector<HTMLElement>('a[href]')
      if (!link) return false
      link.focus({ preventScroll: true })
      link.dispatchEvent(new KeyboardEvent('keydown', { key: 'V', shiftKey: true, bubbles: true, cancelable: true }))
      return true
    },
    position,
    mailboxId,
  )
  await until(
    page,
    'the mailbox in the picker',
    patienceMs,
    (id) => {
      const options = [...document.querySelectorAll<HTMLElement>('[role=dialog] [role=option], dialog [role=option]')]
      const option = options.find((each) => each.id.endsWith(id))
      option?.click()
      return option !== undefined
    },
    mailboxId,
  )
  await until(page, 'the toast', patienceMs, () => document.querySelector('[role=status] .toast') !== null)
  await check()
  await page.evaluate(() => {
    const before = document.querySelector('[role=status] .toast .words')?.textContent ?? ''
    document.documentElement.dataset['toldBefore'] = before
    document.querySelector<HTMLElement>('[role=status] .toast button')?.click()
  })
  await until(page, 'its undoing', patienceMs, () => {
    const now = document.querySelector('[role=status] .toast .words')?.textContent ?? ''
    return now !== document.documentElement.dataset['toldBefore']
  })
  await check()
  await page.evaluate(() => {
    delete document.documentElement.dataset['toldBefore']
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
  })
  return 1
}
