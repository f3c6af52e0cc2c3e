/** What can be done to the rows of the list on screen, for hands that come later than they do: menu, strip and drag. */
import { rowKey, type ThreadRow } from '../../../mail/list.ts'
import type { Mailbox } from '../../../jmap/types.ts'
import type { AccountState } from '../../../state/accounts.svelte.ts'
import type { Asked } from '../../../state/file-away.ts'
import type { RowList } from '../../../state/row-list.ts'
import type { Mark } from '../../../state/row-marks.ts'
import type { Selection } from '../../../state/selection.svelte.ts'

export interface RowActs {
  readonly account: AccountState
  readonly list: RowList
  /** Undefined: hits of a search. */
  readonly mailbox: Mailbox | undefined
  readonly selection: Selection
  /** Hits of a search, which new mail is not among. */
  readonly isSearch?: true
  /** Without rows: what is ticked. */
  readonly mark: (value: Mark, rows?: readonly ThreadRow[]) => Promise<void>
  readonly file: (asked: Asked, rows?: readonly ThreadRow[]) => Promise<void>
}

/** A row that was pointed at, and what is done if something is done to it. */
export interface Held {
  readonly acts: RowActs
  readonly element: HTMLElement
  readonly position: number
  readonly row: ThreadRow
}

/** The row of the list on screen that an element belongs to. */
export function heldBy(target: EventTarget | null, acts: RowActs | undefined): Held | undefined {
  if (!acts || acts.account.info.isReadOnly || !(target instanceof Element)) return undefined
  const element = target.closest<HTMLElement>('[data-view=messages] > [role=listitem]')
  const position = Number(element?.getAttribute('aria-posinset') ?? 0) - 1
  const row = acts.list.row(position)
  return element && row ? { acts, element, position, row } : undefined
}

/** All that is ticked, if the row is; else the row alone. As they are now. */
export function rowsOf({ acts: { list, selection }, row }: Held): readonly ThreadRow[] {
  if (selection.has(rowKey(row))) return selection.rows
  return [list.row(list.positionOf(rowKey(row))) ?? row]
}

/** The right button, or one of the keys for it. A finger that rests on a row is no such thing. */
export function asksForMenu(event: Event): event is MouseEvent | KeyboardEvent {
  if (event instanceof KeyboardEvent) return event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)
  const isTouch = event instanceof PointerEvent && event.pointerType === 'touch'
  return event.type === 'contextmenu' && !isTouch
}

export function linkOf(element: HTMLElement): HTMLElement | null {
  return element.querySelector<HTMLElement>('a[href]')
}
