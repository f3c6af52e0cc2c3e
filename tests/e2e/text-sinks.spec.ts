/**
 * Every place that shows words of a mail, a mailbox or an account, with twelve pieces of markup (security S9): nothing is
 * interpreted, and the words stand as they are, but for what would turn their direction.
 *
 * Not here yet: attribution line and composer subject (issue "Write"), notification, contact card and calendar card.
 */
import { readFileSync } from 'node:fs'
import { safeFileName } from '../../src/mail/safe-file-name.ts'
import { parseMailto } from '../../src/render/mailto.ts'
import { listNameOf } from '../../src/ui/thread/list-name.ts'
import { tnefOf } from '../support/tnef-file.ts'
import { chooseOfLetter, expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

const owner = 'mara@lindqvist.example'

/** What is sent. Each element that it would make carries `data-sunk`, or is named below. */
const markups = [
  `<script data-sunk>self.__pwned='1'</script>`,
  `<img data-sunk src=x:x onerror="self.__pwned='2'">`,
  `x"><svg data-sunk onload=self.__pwned='3'>`,
  `</title></textarea><iframe data-sunk srcdoc="<script>top.__pwned='4'</script>"></iframe>`,
  `&lt;b data-sunk&gt;&#60;i data-sunk&#62;&amp;nbsp;`,
  `{@html '<b data-sunk>'}{{7*7}}\${7*7}<%=7*7%>`,
  `javascript:self.__pwned='7'//<a data-sunk href=javascript:self.__pwned='7'>`,
  `a\u202Egnp.<i data-sunk>exe\u2066z`,
  `zero\u200B<mark data-sunk>\u200Bwidth\u2060</mark>`,
  `]]><![CDATA[<b data-sunk>]]><!--<b data-sunk>-->`,
  `<math data-sunk><mtext><table><mglyph><style><!--</style><img title="--><img data-sunk src=x:x onerror=self.__pwned='11'>">`,
  `%3Cimg%20data-sunk%3E\\u003cimg data-sunk\\u003e<details data-sunk open ontoggle=self.__pwned='12'>`,
] as const

/** As it is to be read: without what turns the direction of the text after it. */
const shownAs = (markup: string): string => markup.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')

/** The source names what would be unseen. */
const inSource = (markup: string): string =>
  markup.replace(
    /[\u200b-\u200f\u202a-\u202e\u2060-\u2069]/g,
    (character) => `‹${character.charCodeAt(0).toString(16).toUpperCase()}›`,
  )

const word = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`
const ical = (text: string): string => text.replace(/[\\;,]/g, '\\$&')
const linkOf = (markup: string): string => `https://bank.example@forge.example/?q=${encodeURIComponent(markup)}`
const fileOf = (markup: string): string => safeFileName(`${markup}.txt`)

function letter(markup: string, index: number): string {
  return [
    `From: ${word(markup)} <sender${String(index)}@remote.example>`,
    `To: ${word(markup)} <other${String(index)}@remote.example>, Mara Lindqvist <${owner}>`,
    `Subject: ${word(markup)}`,
    `Message-ID: <sink${String(index)}@remote.example>`,
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=sink',
    '',
    '--sink',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `It says ${markup}`,
    '',
    linkOf(markup),
    '--sink',
    'Content-Type: text/calendar; charset=utf-8; method=REQUEST',
    'Content-Disposition: attachment; filename=invite.ics',
    '',
    'BEGIN:VCALENDAR',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `UID:${String(index)}`,
    'DTSTART:20301224T100000Z',
    'DTEND:20301224T110000Z',
    `SUMMARY:${ical(markup)}`,
    `LOCATION:${ical(markup)}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '--sink',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(`${markup}.txt`).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`,
    '',
    markup,
    '--sink--',
    '',
  ].join('\r\n')
}

/** Which markups were read back from which place. */
const read = new Map<string, Set<string>>()

/** `texts`: what the place says, by each of its voices. */
async function check(
  page: Page,
  sink: string,
  markup: string,
  place: Locator | (() => Promise<string>),
  words = shownAs(markup),
): Promise<void> {
  const text =
    typeof place === 'function' ? place : async (): Promise<string> => (await place.first().textContent()) ?? ''
  await expect.poll(text, { message: `${sink} with ${markup}` }).toContain(words)
  expect(await interpreted(page), `${sink} with ${markup}`).toEqual([])
  read.set(sink, (read.get(sink) ?? new Set()).add(markup))
}

function interpreted(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = [
      ...document.querySelectorAll(
        '[data-sunk], math, mglyph, iframe[srcdoc]:not([sandbox]), a[href^="javascript:" i]',
      ),
    ]
    const handlers = [...document.querySelectorAll('body *')].filter((element) =>
      element.getAttributeNames().some((name) => name.startsWith('on')),
    )
    const { __pwned: ran } = globalThis as { __pwned?: unknown }
    return [...found, ...handlers]
      .map(({ outerHTML }) => outerHTML.slice(0, 100))
      .concat(ran === undefined ? [] : ['ran'])
  })
}

interface JmapFixture {
  readonly kind: string
  readonly value: unknown
}
const { fixtures } = JSON.parse(readFileSync('tests/fixtures/hostile/jmap-fixtures.json', 'utf8')) as {
  fixtures: readonly JmapFixture[]
}
const ofKind = (kind: string): readonly string[] =>
  fixtures.filter((each) => each.kind === kind).map(({ value }) => value as string)

function fill(site: DemoSite): string[] {
  const account = site.server.accountOf(owner)
  for (const markup of markups) account.createMailbox({ name: markup })
  return markups.map((markup, index) => account.deliver(letter(markup, index)).id)
}

test.use({ demo: { messages: 0 } })

test('lists, letters and their files say markup as words', async ({ page, site }) => {
  // twelve letters, each through every place: twenty seconds, and minutes on a busy machine
  test.setTimeout(300_000)
  const ids = fill(site)
  await page.addInitScript(() => {
    window.print = () => undefined
  })
  await signInToDemo(page, site)
  await waitForReady(page)
  for (const [index, markup] of markups.entries()) {
    const row = page.locator(`[data-view=messages] [role=listitem][data-email-id="${ids[index] ?? ''}"]`)
    await row.scrollIntoViewIfNeeded()
    await check(page, 'row: sender', markup, row.locator('.from'))
    await check(page, 'row: subject', markup, row.locator('.subject'))
    await check(page, 'row: preview', markup, row.locator('.preview'))
    await check(page, 'row: sentence', markup, row.locator('.spoken'))
    await row.getByRole('link').first().click()
    await readLetter(page, markup, ids[index] ?? '')
  }
  expect(Object.fromEntries([...read].map(([sink, seen]) => [sink, seen.size]))).toEqual(
    Object.fromEntries([...read.keys()].map((sink) => [sink, markups.length])),
  )
  expect(read.size).toBeGreaterThanOrEqual(17)
})

async function readLetter(page: Page, markup: string, id: string): Promise<void> {
  const article = page.locator(`main article[data-email-id="${id}"][aria-busy=false]`)
  await expect(article).toBeVisible()
  await check(page, 'heading', markup, page.locator('main h1'))
  await check(page, 'sender of the letter', markup, article.locator('h2 bdi'))
  await check(
    page,
    'tooltip of the sender',
    markup,
    async () => (await article.locator('[data-fold]').getAttribute('title')) ?? '',
  )
  await check(page, 'title of the tab', markup, () => page.title())
  await article.locator('[data-details]').click()
  await check(page, 'details', markup, page.getByRole('region', { name: 'Details' }))
  // a letter's own text may need its marks of direction, and stands in a block of its own
  await check(page, 'plain text', markup, article.locator('.text'), markup)
  const link = article.locator('.text a').filter({ hasText: 'forge.example' })
  await link.hover()
  await check(page, 'where a link leads', markup, page.locator('[data-link-target]'), 'forge.example')
  await link.click()
  await check(page, 'question of a link', markup, page.locator('dialog[open]'), new URL(linkOf(markup)).href)
  await page.keyboard.press('Escape')
  await expect(page.locator('dialog[open]')).toHaveCount(0)
  await check(page, 'invitation', markup, article.locator('[data-invitation]'))
  const file = article.locator('.file').filter({ hasText: fileOf(markup) })
  await check(page, 'file', markup, file.locator('.name'), fileOf(markup))
  await check(
    page,
    'what a file is called aloud',
    markup,
    async () => (await file.getByRole('button').last().getAttribute('aria-label')) ?? '',
    fileOf(markup),
  )
  await file.getByRole('button').first().click()
  await check(page, 'head of a preview', markup, page.getByRole('dialog').locator('h2'), fileOf(markup))
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await chooseOfLetter(page, 'View source')
  await check(page, 'source', markup, page.locator('[data-source] pre'), inSource(markup))
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-source]')).toHaveCount(0)
  await chooseOfLetter(page, 'Print this message')
  await check(page, 'paper', markup, page.locator('[data-print-sheet]'))
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect(page.locator('[data-print-sheet]')).toHaveCount(0)
}

/** As a name is compared with an address: without what is not seen. */
const seenOf = (text: string): string =>
  shownAs(text)
    .normalize('NFKC')
    .replace(/\p{DI}/gu, '')
const innerName = (markup: string): string => safeFileName(`${markup}.txt`.split(/[/\\]/).at(-1))
const listOf = (markup: string): string => `${markup.replace(/[^ -~]/g, '')} <list.remote.example>`

/** What its sender says of itself, whom its link writes to, and files in its file. */
function talkative(markup: string): string {
  const mailto = `mailto:${encodeURIComponent(`${markup}@bank.example`)}?subject=${encodeURIComponent(markup)}`
  const outlook = tnefOf([
    { name: `${markup}.txt`, content: markup },
    { name: `${markup}.exe`, content: markup },
  ])
  return [
    `From: ${word(`${markup} security@bank.example`)} <sender@remote.example>`,
    `To: Mara Lindqvist <${owner}>`,
    'Subject: Talkative',
    `List-Id: ${listOf(markup)}`,
    `Message-ID: <talk${String(markups.indexOf(markup as (typeof markups)[number]))}@remote.example>`,
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=sink',
    '',
    '--sink',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<p><a href="${mailto}">Write</a><img src="https://pictures.example/${encodeURIComponent(markup)}.png"></p>`,
    '--sink',
    'Content-Type: application/ms-tnef',
    'Content-Disposition: attachment; filename=winmail.dat',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(outlook).toString('base64').replace(/.{76}/g, '$&\r\n'),
    '--sink--',
    '',
  ].join('\r\n')
}

test('warnings, lists, sheets of links and files in files say markup as words', async ({ page, site }) => {
  test.setTimeout(300_000)
  read.clear()
  const account = site.server.accountOf(owner)
  const ids = markups.map((markup) => account.deliver(talkative(markup)).id)
  await signInToDemo(page, site)
  await waitForReady(page)
  for (const [index, markup] of markups.entries()) {
    const id = ids[index] ?? ''
    await page.locator(`[data-view=messages] [data-email-id="${id}"]`).getByRole('link').first().click()
    const article = page.locator(`main article[data-email-id="${id}"][aria-busy=false]`)
    await expect(article.getByText('1 picture from the internet is held back.')).toBeVisible()
    await check(page, 'warning of a name', markup, article.getByText('but the letter comes from'), seenOf(markup))
    await article.locator('[data-details]').click()
    const list = listNameOf([{ name: 'List-Id', value: listOf(markup) }]) ?? ''
    await check(page, 'name of a list', markup, page.getByRole('region', { name: 'Details' }), list)

    await article.frameLocator('iframe').getByRole('link', { name: 'Write' }).click()
    const sheet = page.getByRole('dialog', { name: 'Write to' })
    const written = parseMailto(`mailto:?subject=${encodeURIComponent(markup)}`).subject
    await check(page, 'whom a link writes to', markup, sheet.locator('[data-link-host]'), `${written}@bank.example`)
    await check(page, 'subject of a link', markup, sheet.locator('.subject'), written)
    await sheet.getByRole('button', { name: 'Copy address' }).click()
    const said = async (): Promise<string> => (await page.locator('[role=status]').allTextContents()).join('\n')
    await check(page, 'what was copied', markup, said, written.slice(0, 20))

    await article.getByRole('button', { name: /^Show winmail.dat/ }).click()
    const files = page.getByRole('dialog', { name: 'winmail.dat' }).locator('.file')
    const [text, program] = [innerName(markup), innerName(markup).replace(/txt$/, 'exe')]
    await check(page, 'file in a file', markup, files.first().locator('.name'), text)
    await files.first().getByRole('button').first().click()
    const inner = page.getByRole('dialog', { name: text, exact: true })
    await check(page, 'head of a file in a file', markup, inner.locator('h2'), text)
    await inner.getByRole('button', { name: 'Close' }).click()
    await expect(inner).toHaveCount(0)
    await files.last().getByRole('button').first().click()
    const question = page.getByRole('alertdialog')
    await check(page, 'question before saving', markup, question, program)
    const saved = page.waitForEvent('download')
    await question.getByRole('button', { name: 'Save anyway' }).click()
    expect((await saved).suggestedFilename()).toBe(program)
    await check(page, 'what was saved', markup, said, program)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  expect([...read.values()].map((seen) => seen.size)).toEqual([...read].map(() => markups.length))
  expect(read.size).toBe(9)
})

test('mailboxes, the own name, searches and addresses of places say markup as words', async ({ page, site }) => {
  test.setTimeout(300_000)
  read.clear()
  const [id = ''] = fill(site)
  const account = site.server.accountOf(owner)
  for (const name of ofKind('mailbox-name')) account.createMailbox({ name })
  account.setKeywords(id, Object.fromEntries(ofKind('keyword').map((keyword) => [keyword, true])))
  const identities = account.side.identities
  for (const [key, identity] of identities) identities.set(key, { ...identity, name: markups.join(' ') })
  await signInToDemo(page, site)
  await waitForReady(page)
  const inbox = page.url()
  for (const markup of markups) {
    // the reader's own choice: it stands as it is
    await check(page, 'own name', markup, page.locator('[data-pane=side] b'), markup)
    await check(
      page,
      'mailbox',
      markup,
      async () => (await page.getByRole('treeitem').allTextContents()).join('\n'),
      markup,
    )
    await page.locator('[role=search] input').fill(markup)
    await expect(page.getByRole('heading', { name: 'Search results' })).toBeAttached()
    await check(page, 'field of the search', markup, () => page.locator('[role=search] input').inputValue(), markup)
    await check(
      page,
      'address of the search',
      markup,
      () => Promise.resolve(new URL(page.url()).searchParams.get('q') ?? ''),
      markup,
    )
    await check(page, 'title of the search', markup, () => page.title())
    await page.goto(new URL(`/in/${encodeURIComponent(markup)}`, site.url).href)
    await expect(page.getByRole('heading', { name: 'Nothing is at this address' })).toBeVisible()
    expect(await interpreted(page)).toEqual([])
    await page.goto(inbox)
    await expect(rows(page).first()).toBeVisible()
  }
  // S26: names and keywords of the fixtures have been through the engine, the copy and the page
  const names = (await page.getByRole('treeitem').allTextContents()).join('\n')
  for (const name of ofKind('mailbox-name')) expect(names).toContain(name.trim().slice(0, 200))
  expect(
    await page.evaluate(() => [Object.keys(Object.prototype), ({} as Record<string, unknown>)['polluted'] ?? null]),
  ).toEqual([[], null])
  expect([...read.values()].map((seen) => seen.size)).toEqual([...read].map(() => markups.length))
})
