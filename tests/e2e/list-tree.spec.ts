/**
 * A3 of security.md: the accessibility tree of a list of 100,000 rows, of which some dozens are in the page. Whatever
 * part is shown, each item says which one it is of how many, and their names and order are those of the mailbox.
 */
import { expect, rows, signInToDemo, test } from './fixtures.ts'
import type { CDPSession, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

const size = 100_000
const minute = 60_000

/** Of the conversation at a place in the list, counted from 1: the newest stands first. */
const names = (place: number): { readonly sender: string; readonly subject: string } => ({
  sender: `Sender ${String(place)}`,
  subject: `Subject of ${String(place)}`,
})

const isUnread = (place: number): boolean => place % 7 === 0
const hasFile = (place: number): boolean => place % 5 === 0

function fill(site: DemoSite): void {
  const account = site.server.accountOf('mara@lindqvist.example')
  const now = Date.now()
  account.transact(() => {
    for (let place = size; place > 0; place -= 1) {
      const { sender, subject } = names(place)
      account.addLazy({
        from: [{ name: sender, email: `s${String(place)}@remote.example` }],
        to: [{ name: null, email: 'mara@lindqvist.example' }],
        subject,
        preview: 'One line of text.',
        size: 200,
        hasAttachment: hasFile(place),
        threadKey: String(place),
        receivedAt: now - place * minute,
        keywords: isUnread(place) ? [] : ['$seen'],
        raw: () => `Subject: ${subject}\r\n\r\nOne line of text.\r\n`,
      })
    }
  })
}

interface Item {
  readonly name: string
  readonly place: number
  readonly of: number
}

/** The items of the list as the browser tells assistive technology, in its order; what it does not tell of, by node. */
async function itemsOf(client: CDPSession): Promise<readonly Item[]> {
  const { nodes } = await client.send('Accessibility.getFullAXTree')
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const inOrder = (id: string): typeof nodes => {
    const node = byId.get(id)
    return node ? [node, ...(node.childIds ?? []).flatMap(inOrder)] : []
  }
  const all = inOrder(nodes[0]?.nodeId ?? '')
  const items: Item[] = []
  for (const node of all.filter(({ role, ignored }) => role?.value === 'listitem' && !ignored)) {
    const link = inOrder(node.nodeId).find(({ role }) => role?.value === 'link')
    const { object } = await client.send('DOM.resolveNode', { backendNodeId: node.backendDOMNodeId ?? 0 })
    const { result } = await client.send('Runtime.callFunctionOn', {
      objectId: object.objectId ?? '',
      functionDeclaration:
        'function () { return this.closest("[data-view=messages]") ? [this.ariaPosInSet, this.ariaSetSize] : null }',
      returnByValue: true,
    })
    const place = result.value as [string, string] | null
    if (place) items.push({ name: String(link?.name?.value), place: Number(place[0]), of: Number(place[1]) })
  }
  return items
}

/** All rows that are in the page now have come, and stay. */
async function settle(page: Page): Promise<void> {
  await expect(page.locator('[data-view=messages] [role=listitem][aria-busy=true]')).toHaveCount(0, { timeout: 20_000 })
  await expect(rows(page).first()).toBeVisible()
}

function expectTrue(items: readonly Item[]): void {
  expect(items.length).toBeGreaterThan(10)
  const [first] = items
  items.forEach(({ name, place, of }, index) => {
    expect(of).toBe(size)
    expect(place).toBe((first?.place ?? 0) + index)
    const { sender, subject } = names(place)
    const said = [isUnread(place) ? 'Unread' : '', sender, subject].filter((part) => part !== '').join(', ')
    expect(name.startsWith(`${said}, `), `${name} at ${String(place)}`).toBe(true)
    expect(/has attachment/.test(name), `${name} at ${String(place)}`).toBe(hasFile(place))
  })
}

test.use({ demo: { messages: 0 } })

test('A3: in a list of 100,000 rows, whatever is shown is named, numbered and in order', async ({ page, site }) => {
  test.setTimeout(120_000)
  fill(site)
  await signInToDemo(page, site)
  await expect(rows(page).first()).toHaveAttribute('aria-setsize', String(size), { timeout: 30_000 })
  const client = await page.context().newCDPSession(page)
  await client.send('Accessibility.enable')
  const seen = new Set<number>()
  const look = async (): Promise<readonly Item[]> => {
    let items: readonly Item[] = []
    // at rest: where a request was lost, rows leave and come again while the tree is being read
    await expect(async () => {
      await settle(page)
      items = await itemsOf(client)
      expectTrue(items)
    }).toPass({ timeout: 20_000 })
    for (const { place } of items) seen.add(place)
    return items
  }
  expect((await look())[0]?.place).toBe(1)
  for (const part of [0.01, 0.25, 0.5, 0.777, 0.999]) {
    await page.locator('[data-view=messages]').evaluate((list, at) => {
      const pane = list.parentElement
      if (pane) pane.scrollTop = (pane.scrollHeight - pane.clientHeight) * at
    }, part)
    await expect
      .poll(async () => Number(await rows(page).first().getAttribute('aria-posinset')))
      .toBeGreaterThan(part * size - 1_000)
    const items = await look()
    // Where the pane stands is where the rows are of: within a screen of it.
    expect(Math.abs((items[0]?.place ?? 0) - part * size)).toBeLessThan(size / 100)
  }
  await rows(page).first().getByRole('link').focus()
  await page.keyboard.press('End')
  await expect
    .poll(
      async () => (await page.evaluate(() => document.activeElement?.closest('[role=listitem]')?.ariaPosInSet)) ?? '',
    )
    .toBe(String(size))
  expect((await look()).at(-1)?.place).toBe(size)
  const button = page.getByRole('button', { name: /^Rows [\d,]+ to [\d,]+ of 100,000$/ })
  await expect(button).toHaveCount(1)
  await page.keyboard.press('Home')
  await expect
    .poll(
      async () => (await page.evaluate(() => document.activeElement?.closest('[role=listitem]')?.ariaPosInSet)) ?? '',
    )
    .toBe('1')
  expect((await look())[0]?.place).toBe(1)
  expect(seen.size).toBeGreaterThan(100)
})
