/** What letters say is heard in every engine: styles, the width that they are scaled from, and no longer than they stand. */
import type { DemoSite } from '../../demo/http/serve.ts'
import { until, type DrivenPage } from './driven-page.ts'

const OWNER = 'mara@lindqvist.example'
const FRAME = 'main article .paper iframe'

/** As newsletters have them; an engine may read one as several of others. */
const styles = [
  'vertical-align:top',
  'vertical-align:text-bottom',
  'vertical-align:3px',
  'line-height:2',
  'letter-spacing:2px',
  'border:1px solid red',
  'border-radius:3px',
  'background:#123456',
  'margin:3px 4px',
  'padding:1px 2px 3px',
  'text-decoration:underline',
  'text-transform:uppercase',
  'white-space:nowrap',
  'font:italic bold 20px/30px serif',
  'list-style:square inside',
  'overflow:hidden',
  'border-spacing:3px 4px',
  'box-shadow:1px 1px red',
  'word-break:break-all',
  'float:right',
]

const letter = (subject: string, html: string): string =>
  [
    'From: Priya Raman <priya@remote.example>',
    `To: ${OWNER}`,
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(' ', '-')}@remote.example>`,
    `Date: ${new Date().toUTCString()}`,
    'Content-Type: text/html; charset=utf-8',
    '',
    html,
    '',
  ].join('\r\n')

const dressed = letter(
  'A dressed letter',
  '<!doctype html><body bgcolor="#fafad2" link="#7a1f1f"><table width="700"><tr><td>' +
    '<p><a href="#end">To the end</a></p>' +
    styles.map((style) => `<p><span title="${style}" style="${style}">Words</span></p>`).join('') +
    '<div style="height:3000px"></div><p id="end">The end</p><div style="height:2000px"></div></td></tr></table>',
)
const bare = letter(
  'A bare letter',
  '<!doctype html><body bgcolor="#fafad2"><table width="300"><tr><td><a href="https://host.example/">A link</a></table>',
)

/** Those of the styles that mean something else in the frame than in a document that is not ours. */
const LOST = `[...document.querySelectorAll('span[title]')].filter((span) => {
  const copy = document.createElement('span')
  copy.style.cssText = span.title
  span.after(copy)
  const [ours, theirs] = [getComputedStyle(span), getComputedStyle(copy)]
  const differs = [...copy.style].some((name) => ours.getPropertyValue(name) !== theirs.getPropertyValue(name))
  copy.remove()
  return differs
}).map(({ title }) => title)`

async function open(page: DrivenPage, subject: string): Promise<void> {
  const row = `[...document.querySelectorAll('[data-view=messages] [role=listitem]:not([aria-busy=true])')].find((one) => one.textContent.includes('${subject}'))`
  await until(page, subject, row)
  await page.run(`${row}.querySelector('a').click()`)
  await untilPainted(page, subject)
}

async function untilPainted(page: DrivenPage, subject: string): Promise<void> {
  await until(
    page,
    `${subject}, painted`,
    `document.querySelector('h1').textContent.includes('${subject}') && document.querySelector('main article[aria-busy=false]') && !document.querySelector('main article[aria-busy=true]')`,
  )
}

export async function readLetters(page: DrivenPage, site: DemoSite, goBack: () => Promise<void>): Promise<void> {
  const account = site.server.accountOf(OWNER)
  for (const mail of [bare, dressed]) account.deliver(mail)
  await open(page, 'A dressed letter')
  const lost = await page.inFrame<string[]>(FRAME, LOST)
  if (lost.length > 0) throw new Error(`the frame has lost ${lost.join('; ')}`)
  await leadToTheEnd(page)
  // the next one takes its frame over
  await page.run(`document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', code: 'KeyJ', bubbles: true }))`)
  await untilPainted(page, 'A bare letter')
  const colour = await page.inFrame<string>(FRAME, `getComputedStyle(document.querySelector('a')).color`)
  if (colour !== 'rgb(0, 0, 238)') throw new Error(`a link has the colour of another letter: ${colour}`)
  await goBack()
}

/** Lengths of the letter are scaled: to half, which is still too wide here. */
async function leadToTheEnd(page: DrivenPage): Promise<void> {
  await page.inFrame(FRAME, `document.querySelector('a').click()`)
  const scale = await page.inFrame<number>(FRAME, `Number(document.body.style.zoom)`)
  if (scale !== 0.5) throw new Error(`a letter of 700 px is scaled by ${String(scale)}`)
  const y = await page.inFrame<number>(FRAME, `document.querySelector('#m-end').offsetTop`)
  await until(
    page,
    'the end of the letter',
    `(({ top }) => Math.abs(top + ${String(y * scale)} - document.querySelector('main article').closest('[data-scroller]').getBoundingClientRect().top) < 40)(document.querySelector('${FRAME}').getBoundingClientRect())`,
  )
}
