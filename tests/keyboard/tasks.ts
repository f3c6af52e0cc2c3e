/**
 * Twenty things that a reader of mail does, each done with the keyboard alone (security.md A2). Every task but the first
 * begins on the Inbox, just loaded, with the focus nowhere.
 */
import type { Keyboard } from './keyboard.ts'

export interface Stage {
  readonly keys: Keyboard
  readonly password: string
}

export interface Task {
  readonly name: string
  readonly run: (stage: Stage) => Promise<void>
}

export const user = 'mara@lindqvist.example'
const rows = '[data-view=messages] [role=listitem]:not([aria-busy=true])'

async function openThread(keys: Keyboard, text: string): Promise<void> {
  await keys.toRow(text)
  await keys.press('Enter')
  await keys.untilReading()
}

function expectRow(keys: Keyboard, row: number): Promise<void> {
  return keys.untilFocus(`row ${String(row)}`, (focus) => focus.row === row && focus.tag === 'a')
}

export const tasks: readonly Task[] = [
  {
    name: 'sign in',
    run: async ({ keys, password }) => {
      await keys.untilFocus('the address', ({ tag }) => tag === 'input')
      await keys.type(user)
      await keys.press('Tab')
      await keys.type(password)
      await keys.tabTo('"This device is mine"', ({ tag, name }) => tag === 'input' && name === '')
      await keys.press(' ')
      await keys.press('Enter')
      await keys.untilThere(rows)
    },
  },
  {
    name: 'skip to the messages',
    run: async ({ keys }) => {
      await keys.press('Tab')
      await keys.untilFocus('the skip link', ({ name }) => name === 'Skip to the messages')
      await keys.press('Enter')
      await expectRow(keys, 1)
    },
  },
  {
    name: 'look through ten messages and come back',
    run: async ({ keys }) => {
      await keys.press('j')
      await expectRow(keys, 1)
      await keys.press(...Array<string>(9).fill('j'))
      await expectRow(keys, 10)
      await keys.press('ArrowUp', 'k', 'Home')
      await expectRow(keys, 1)
    },
  },
  {
    name: 'reach the last message, and page back up',
    run: async ({ keys }) => {
      await keys.press('j', 'End')
      await keys.until('the last row', () => {
        const row = document.activeElement?.closest('[role=listitem]')
        return (
          row !== undefined && row !== null && row.getAttribute('aria-posinset') === row.getAttribute('aria-setsize')
        )
      })
      const { row } = await keys.focused()
      await keys.press('PageUp')
      await keys.untilFocus('a row further up', (focus) => focus.row > 0 && focus.row < row)
    },
  },
  {
    name: 'go on where the rows that are drawn end',
    run: async ({ keys }) => {
      await keys.press('j')
      await keys.tabTo('"Rows …"', ({ name }) => /^Rows \d+ to \d+ of \d+$/.test(name))
      const first = Number(/\d+/.exec((await keys.focused()).name)?.[0])
      await keys.press('Enter')
      await expectRow(keys, first)
    },
  },
  {
    name: 'open a conversation and go back to its row',
    run: async ({ keys }) => {
      await openThread(keys, 'harbor/relay')
      await keys.press('Escape')
      await keys.untilFocus('its row', ({ row, name }) => row > 0 && name.includes('harbor/relay'))
    },
  },
  {
    name: 'read from one conversation to the next',
    run: async ({ keys }) => {
      await openThread(keys, 'Grandma')
      await keys.press('j')
      await keys.untilFocus('the next heading', ({ tag, name }) => tag === 'h1' && name.includes('harbor/relay'))
      await keys.press('k')
      await keys.untilFocus('the heading before', ({ tag, name }) => tag === 'h1' && name.includes('Grandma'))
    },
  },
  {
    name: 'unfold the earlier messages of a conversation, fold a letter and open it',
    run: async ({ keys }) => {
      await openThread(keys, 'harbor/relay')
      await keys.tabTo('the earlier messages', ({ name }) => /earlier messages from/.test(name))
      await keys.press('Enter')
      await keys.untilGone('main [data-folded]')
      await keys.until('six letters', () => document.querySelectorAll('main article').length === 6)
      await keys.tabTo('a folded letter', ({ letter }) => letter === 'folded')
      await keys.press('Enter')
      await keys.untilFocus('the same letter, open', ({ letter }) => letter === 'open')
      await keys.press('Enter')
      await keys.untilFocus('the same letter, folded', ({ letter }) => letter === 'folded')
    },
  },
  {
    name: 'open all letters, go from letter to letter, fold all',
    run: async ({ keys }) => {
      await openThread(keys, 'Grandma')
      await keys.press(';')
      await keys.until(
        'all letters open',
        () => document.querySelector('main [data-fold][aria-expanded=false]') === null,
      )
      await keys.press('p')
      await keys.untilFocus('a letter', ({ letter }) => letter === 'open')
      const { name: before } = await keys.focused()
      await keys.press('p')
      await keys.untilFocus('the letter before', ({ letter, name }) => letter === 'open' && name !== before)
      await keys.press(':')
      await keys.until('folded letters', () => document.querySelector('main [data-fold][aria-expanded=false]') !== null)
    },
  },
  {
    name: 'read who a letter was sent to',
    run: async ({ keys }) => {
      await openThread(keys, 'Grandma')
      await keys.tabTo('the details', ({ name }) => /, Details$/.test(name))
      await keys.press('Enter')
      await keys.until(
        'the details',
        () => (document.querySelector('main article [aria-controls]')?.getAttribute('aria-controls') ?? '') !== '',
      )
    },
  },
  {
    name: 'reach the links in a letter, and leave it by Esc',
    run: async ({ keys }) => {
      await openThread(keys, 'harbor/relay')
      await keys.tabTo('the letter', ({ tag }) => tag === 'iframe')
      await keys.press('Tab', 'Escape')
      await keys.untilFocus('the letter’s own button', ({ letter }) => letter === 'open')
    },
  },
  {
    name: 'show pictures that were held back',
    run: async ({ keys }) => {
      await openThread(keys, 'No. 112')
      await keys.tabTo('"Show once"', ({ name }) => name === 'Show once')
      await keys.press('Enter')
      await keys.until('no held pictures', () =>
        [...document.querySelectorAll('main button')].every((button) => button.textContent !== 'Show once'),
      )
    },
  },
  {
    name: 'save an attachment',
    run: async ({ keys }) => {
      await openThread(keys, 'Grandma')
      await keys.tabTo('the file', ({ name }) => /^Download hall-from-the-door\.jpg/.test(name))
      await keys.press('Enter')
      await keys.untilSaid('hall-from-the-door.jpg')
    },
  },
  {
    name: 'mark a message as unread, and as read again',
    run: async ({ keys }) => {
      await keys.toRow('Atelier Brun')
      await keys.press('Shift+U')
      await keys.untilSaid('1 conversation marked as unread')
      await keys.untilFocus('the unread row', ({ name }) => name.startsWith('Unread'))
      await keys.press('Shift+I')
      await keys.untilFocus('the read row', ({ name, row }) => row > 0 && !name.startsWith('Unread'))
    },
  },
  {
    name: 'select three messages, mark them, and clear a selection',
    run: async ({ keys }) => {
      await keys.press('j')
      for (const count of [1, 2, 3]) {
        await keys.press('Tab', ' ')
        await keys.untilThere(`[role=toolbar][aria-label="${String(count)} selected"]`)
        await keys.press('Shift+Tab', 'j')
      }
      await keys.tabTo('"Mark as read"', ({ name }) => name === 'Mark as read', 'Shift+Tab')
      await keys.press('Enter')
      await keys.untilSaid('marked as read')
      await keys.untilFocus('a row', ({ row }) => row > 0)
      await keys.press('Tab', ' ')
      await keys.untilThere('[role=toolbar][aria-label="1 selected"]')
      await keys.press('Escape')
      await keys.untilGone('[role=toolbar][aria-label="1 selected"]')
    },
  },
  {
    name: 'go to Sent and back to the Inbox',
    run: async ({ keys }) => {
      await keys.press('g', 't')
      await keys.untilThere('[role=treeitem][data-role=sent][aria-current=page]')
      await keys.press('g', 'i')
      await keys.untilThere('[role=treeitem][data-role=inbox][aria-current=page]')
      await keys.press('j')
      await expectRow(keys, 1)
    },
  },
  {
    name: 'find a mailbox by its name, and fold one that holds others',
    run: async ({ keys }) => {
      await keys.press('g', 'l')
      await keys.untilFocus('the mailboxes', ({ role }) => role === 'treeitem')
      await keys.type('arch')
      await keys.untilFocus('Archive', ({ name }) => name.startsWith('Archive'))
      await keys.press('Enter')
      await keys.untilThere('[role=treeitem][data-role=archive][aria-current=page]')
      await keys.press('g', 'l')
      await keys.tabTo('the folders', ({ role, name }) => role === 'treeitem' && !/^(?:Inbox|Archive)/.test(name))
      await keys.type('house')
      await keys.untilFocus('House', ({ name }) => name.startsWith('House'))
      await keys.press('ArrowLeft')
      await keys.untilThere('[role=treeitem][aria-label^=House][aria-expanded=false]')
      await keys.press('ArrowRight')
      await keys.untilThere('[role=treeitem][aria-label^=House][aria-expanded=true]')
    },
  },
  {
    name: 'search all mail, read what was found, and leave the search',
    run: async ({ keys }) => {
      await keys.press('/')
      await keys.untilFocus('the field', ({ tag, name }) => tag === 'input' && name === 'Search all mail')
      await keys.type('lena')
      await keys.untilSaid('in all mail, without Junk and Trash')
      await keys.press('ArrowDown')
      await keys.untilFocus('the first hit, and where it lies', ({ row, name }) => row === 1 && /, Inbox/.test(name))
      await keys.press('Enter')
      await keys.untilReading()
      const { name: first } = await keys.focused()
      await keys.press('j')
      await keys.untilFocus('the heading of the next hit', ({ tag, name }) => tag === 'h1' && name !== first)
      await keys.press('Escape')
      await expectRow(keys, 2)
      await keys.press('/')
      await keys.untilFocus('the field again', ({ tag }) => tag === 'input')
      await keys.press('Escape')
      await keys.untilFocus('the field, cleared', ({ tag }) => tag === 'input')
      await keys.untilThere('#recent-searches')
      await keys.press('Escape')
      await keys.untilGone('#recent-searches')
      await expectRow(keys, 1)
    },
  },
  {
    name: 'walk the panes, and look up the keys',
    run: async ({ keys }) => {
      await keys.press('F6')
      await keys.untilFocus('the mailboxes', ({ role }) => role === 'treeitem')
      await keys.press('F6')
      await expectRow(keys, 1)
      await keys.press('?')
      await keys.untilFocus('the search field', ({ tag }) => tag === 'input')
      await keys.type('unread')
      await keys.untilSaid('1 shortcut')
      await keys.press('Escape')
      // Some browsers clear a search field by the first Esc.
      if ((await keys.page.$('dialog')) !== null) await keys.press('Escape')
      await keys.untilGone('dialog')
      await expectRow(keys, 1)
    },
  },
  {
    name: 'read the state of the account, and sign out',
    run: async ({ keys }) => {
      await keys.tabTo('the account', ({ name, tag }) => tag === 'button' && name.includes(user))
      await keys.press('Enter')
      await keys.untilFocus('the menu', ({ role }) => role === 'dialog' || role === 'menu')
      await keys.press('Escape')
      await keys.untilFocus('the account again', ({ name }) => name.includes(user))
      await keys.press('Enter')
      await keys.untilFocus('the menu again', ({ role }) => role === 'dialog' || role === 'menu')
      await keys.tabTo('"Sign out"', ({ name }) => name === 'Sign out')
      await keys.press('Enter')
      await keys.untilThere('input[autocomplete=username]')
    },
  },
]
