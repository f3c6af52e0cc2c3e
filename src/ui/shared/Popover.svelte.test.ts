import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { createRawSnippet, type Snippet } from 'svelte'
import { describe, expect, it } from 'vitest'
import Popover from './Popover.svelte'

const snippet = (html: string) => createRawSnippet(() => ({ render: () => html }))
/** Renders nothing yet, as a part of the app does that is not here. */
const nothing = (() => undefined) as unknown as Snippet

function opened(content: string | undefined): void {
  render(Popover, {
    props: {
      label: 'Account',
      side: 'below',
      onOpen: () => undefined,
      button: snippet('<span>Open</span>'),
      children: content === undefined ? nothing : snippet(content),
    },
  })
}

describe('a panel under its button', () => {
  it('keeps the focus while what it shows is on its way', async () => {
    const user = userEvent.setup()
    opened(undefined)
    await user.click(screen.getByRole('button', { name: 'Open' }))
    await user.tab()
    expect(screen.getByRole('dialog', { name: 'Account' })).toHaveFocus()
  })

  it('closes when Tab leaves it', async () => {
    const user = userEvent.setup()
    opened('<button>Sign out</button>')
    render(Popover, {
      props: {
        label: 'Other',
        side: 'below',
        onOpen: () => undefined,
        button: snippet('<span>Other</span>'),
        children: snippet('<p>Other</p>'),
      },
    })
    await user.click(screen.getByRole('button', { name: 'Open' }))
    await user.tab()
    expect(screen.getByRole('button', { name: 'Sign out' })).toHaveFocus()
    await user.tab()
    expect(screen.getByRole('button', { name: 'Other' })).toHaveFocus()
    expect(screen.queryByRole('dialog', { name: 'Account' })).toBeNull()
  })
})
