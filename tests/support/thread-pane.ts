/** What a conversation's pane is mounted with in tests. */
import { vi } from 'vitest'
import { aMailbox, INBOX } from '../../src/replica/testing/rows.ts'
import { Settings } from '../../src/state/settings.svelte.ts'
import { UndoStack } from '../../src/state/undo-stack.svelte.ts'
import { fakeDesk, type FakeFrame } from '../../src/ui/thread/testing/fake-desk.ts'
import type { ComponentProps } from 'svelte'
import type { ThreadAccount } from './thread-account.ts'
import type { ThreadId } from '../../src/jmap/types.ts'
import type { Clock } from '../../src/platform/clock.ts'
import type { Services } from '../../src/state/contexts.ts'
import type ThreadPane from '../../src/ui/thread/ThreadPane.svelte'

/** Before each test: what jsdom has not. */
export function fillDom(): void {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = vi.fn()
      disconnect = vi.fn()
    },
  )
  Object.defineProperty(HTMLDialogElement.prototype, 'showModal', {
    configurable: true,
    value(this: HTMLDialogElement) {
      this.open = true
    },
  })
}

export function paneServices(clock: Clock, given: Partial<Services> = {}): Services {
  const undo = new UndoStack()
  const services: Partial<Services> = {
    clock,
    announce: vi.fn(),
    settings: new Settings(undefined),
    undo: () => Promise.resolve(undo),
    shortcuts: { add: () => () => undefined, dispatch: () => false },
    navigator: { route: { view: 'start' }, replace: vi.fn() } as unknown as Services['navigator'],
    markPainted: vi.fn(),
    authservIds: () => Promise.resolve([]),
    frameDocument: () => Promise.resolve(''),
  }
  return { ...services, ...given } as Services
}

/** `frames` collects every frame that is made. */
export function paneProps(
  account: ThreadAccount,
  threadId: ThreadId,
  frames: FakeFrame[] = [],
): ComponentProps<typeof ThreadPane> {
  return {
    account: account.open,
    threadId,
    emailId: null,
    mailbox: aMailbox(INBOX, { role: 'inbox' }),
    layout: 'beside',
    position: 0,
    total: 1,
    onBack: vi.fn(),
    onStep: vi.fn(),
    onAsk: () => Promise.resolve(undefined),
    desk: fakeDesk(frames),
  }
}
