/** Drives mails through each layer of the render pipeline alone, in Chromium, and says which layer let what through. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import type { Frame, Page } from 'puppeteer-core'
import type { HostileMail } from '../corpus.ts'
import { launchEngine } from '../engines.ts'
import { startPipelineServer } from '../pipeline-server.ts'
import { openSink, type Sink } from '../sink.ts'
import { elementFaults, sheetFaults } from './element-faults.ts'
import type { LayerFile } from './page/page.ts'
import { seeElements } from './seen-elements.ts'

/**
 * In the order in which a mail meets them; `whole` is all of them together. The policy's turn is behind all the others: a
 * frame or preconnect that it blocks still opens a connection (frame design §3), at some time.
 */
export const layers = [
  'sanitiser',
  'walker',
  'whole',
  'frame',
  'messages',
  'links',
  'text',
  'names',
  'pictures',
  'policy',
] as const
export type Layer = (typeof layers)[number]

export interface LayerFault {
  readonly layer: Layer
  readonly file: string
  readonly what: string
}

export interface LayerMail {
  readonly file: string
  readonly html: string | null
  readonly text: string | null
  readonly files: readonly LayerFile[]
}

export async function readLayerMail(directory: string, mail: HostileMail): Promise<LayerMail> {
  const parsed = await PostalMime.parse(await readFile(join(directory, mail.file)), { maxNestingDepth: 100_000 })
  return {
    file: mail.file,
    html: parsed.html ?? null,
    text: parsed.text ?? null,
    files: parsed.attachments.map(({ filename, contentId, mimeType }) => ({
      name: filename ?? '',
      cid: (contentId ?? '').replace(/^<|>$/g, ''),
      type: mimeType,
    })),
  }
}

/** Requests that a letter has scheduled are made within this. */
const settleMs = 15

export class LayerBench {
  readonly page: Page
  readonly #sink: Sink
  readonly #end: () => Promise<void>
  #seen: { tcp: number; http: number }

  private constructor(page: Page, sink: Sink, end: () => Promise<void>) {
    this.page = page
    this.#sink = sink
    this.#end = end
    this.#seen = { ...sink.counts }
  }

  /** Undefined where there is no Chromium. */
  static async open(): Promise<LayerBench | undefined> {
    const server = await startPipelineServer({ page: join(import.meta.dirname, 'page') })
    const sink = await openSink()
    const browser = await launchEngine('chromium', sink.port, new URL(server.url).host)
    const end = async (): Promise<void> => {
      await browser?.close()
      await Promise.all([sink.close(), server.close()])
    }
    if (browser === null) {
      await end()
      return undefined
    }
    const page = await browser.newPage()
    await page.goto(server.url)
    await page.waitForFunction(() => window.layers !== undefined)
    await page.evaluate(() => window.layers!.openOther())
    return new LayerBench(page, sink, end)
  }

  close(): Promise<void> {
    return this.#end()
  }

  /** Every fault of one mail, by layer. */
  async drive(mail: LayerMail, through: readonly Layer[] = layers): Promise<LayerFault[]> {
    const faults: LayerFault[] = []
    for (const layer of through) {
      const found = await this.#try(layer, mail).catch((error: unknown) => [String(error)])
      faults.push(...[...new Set(found)].map((what) => ({ layer, file: mail.file, what })))
    }
    return faults
  }

  /** Fragments one by one through the layers that make a tree, and all of them as one letter into a frame. */
  async driveBatch(fragments: readonly string[]): Promise<string[]> {
    const seen = await this.page.evaluate(
      (list) =>
        list.map((html) => {
          const alone = window.layers!
          return { elements: alone.sanitised(html), faults: [...alone.walked(html), ...alone.prepared(html)] }
        }),
      fragments,
    )
    const faults = seen.flatMap((each) => [...elementFaults(each.elements, 'sanitised'), ...each.faults])
    const whole = fragments.join('')
    return [...faults, ...(await this.#whole(whole, [])), ...(await this.#wild(whole))]
  }

  async #try(layer: Layer, { html, text, files }: LayerMail): Promise<string[]> {
    const { page } = this
    if (layer === 'text') return text === null ? [] : page.evaluate((body) => window.layers!.text(body), text)
    if (layer === 'names') return page.evaluate((list) => window.layers!.names(list), files)
    if (html === null) return []
    switch (layer) {
      case 'sanitiser':
        return elementFaults(await page.evaluate((body) => window.layers!.sanitised(body), html), 'sanitised')
      case 'walker':
        return page.evaluate((body) => window.layers!.walked(body), html)
      case 'links':
        return page.evaluate((body) => window.layers!.links(body), html)
      case 'pictures':
        return page.evaluate((body, list) => window.layers!.pictures(body, list), html, files)
      case 'whole':
        return this.#whole(html, files)
      case 'frame':
        return this.#wild(html)
      case 'policy':
        return this.#forced(html)
      case 'messages':
        return this.#messages(html)
    }
  }

  async #whole(html: string, files: readonly LayerFile[]): Promise<string[]> {
    const faults = await this.page.evaluate((body) => window.layers!.prepared(body), html)
    await this.page.evaluate(() => window.layers!.takeViolations())
    const outcome = await this.page.evaluate((body, list) => window.layers!.show(body, list), html, files)
    if (outcome !== 'painted') faults.push(outcome)
    faults.push(...(await this.#frameFaults()), ...(await this.#escaped()))
    return [...faults, ...(await this.page.evaluate(() => window.layers!.takeViolations()))]
  }

  /** The builder refuses on its own what no walker has checked. */
  async #wild(html: string): Promise<string[]> {
    const outcome = await this.page.evaluate((body) => window.layers!.showWild(body), html)
    const faults = outcome === 'painted' ? [] : [outcome]
    return [...faults, ...(await this.#frameFaults()), ...(await this.#escaped())]
  }

  /** With raw elements forced into the frame its policy alone is left: no script, no request. */
  async #forced(html: string): Promise<string[]> {
    await this.page.evaluate((body) => window.layers!.show(body, []), '<p>forced</p>')
    const elements = await this.page.evaluate((body) => window.layers!.wild(body), html)
    const forcing = this.#letterFrame().then((frame) =>
      frame?.evaluate((list) => {
        for (const { tag, attributes } of list) {
          try {
            const element = document.createElement(tag)
            for (let i = 0; i < attributes.length; i += 2) element.setAttribute(attributes[i]!, attributes[i + 1]!)
            document.body.append(element)
          } catch {
            // refused: that is what is hoped for
          }
        }
      }, elements),
    )
    // the app takes a frame away that reports a breach of its policy: it may be gone by now
    await forcing.catch(() => undefined)
    // what is counted is a request
    return (await this.#escaped()).filter((fault) => !fault.startsWith('tcp'))
  }

  /** A frame's word about a link is parsed again, and nobody else's is heard. */
  async #messages(html: string): Promise<string[]> {
    const hrefs = await this.page.evaluate((body) => window.layers!.hrefs(body), html)
    if (hrefs.length === 0) return []
    await this.page.evaluate((body) => window.layers!.show(body, []), '<p>messages</p>')
    await this.page.evaluate(() => window.layers!.takeClicks())
    const say = async (frame: Frame | null | undefined, list: readonly string[]): Promise<string[]> => {
      await frame?.evaluate((addresses) => {
        for (const href of addresses.slice(0, 50)) {
          parent.postMessage({ k: 'reader/1', link: { href, text: 'x', button: 0 } }, '*')
        }
      }, list)
      await new Promise((resolve) => setTimeout(resolve, settleMs))
      return this.page.evaluate(() => window.layers!.takeClicks())
    }
    const told = await say(await this.#letterFrame(), hrefs)
    const other = await (await this.page.$('#others iframe'))?.contentFrame()
    const foreign = await say(other, hrefs)
    return [
      ...told
        .filter((href) => !/^(?:https?:\/\/[^/]|mailto:|tel:)/.test(href))
        .map((href) => `believes ${href.slice(0, 80)}`),
      ...foreign.map((href) => `hears another frame: ${href.slice(0, 80)}`),
    ]
  }

  async #letterFrame(): Promise<Frame | undefined> {
    return (await this.page.$('#letters iframe'))?.contentFrame()
  }

  async #frameFaults(): Promise<string[]> {
    const element = await this.page.$('#letters iframe')
    if (element === null) return []
    const sandbox = await element.evaluate((node) => node.getAttribute('sandbox'))
    const faults = sandbox === 'allow-scripts' ? [] : [`sandbox ${sandbox ?? 'missing'}`]
    const frame = await element.contentFrame()
    const elements = [
      ...((await frame.evaluate(`(${seeElements.toString()})(document.body)`)) as ReturnType<typeof seeElements>),
    ]
    const sheets = await frame.evaluate(() =>
      document.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)).join('\n'),
    )
    return [...faults, ...elementFaults(elements, 'frame'), ...sheetFaults(sheets)]
  }

  /** What ran or went out since the last look. */
  async #escaped(): Promise<string[]> {
    await new Promise((resolve) => setTimeout(resolve, settleMs))
    const faults: string[] = []
    for (const frame of this.page.frames()) {
      const ran = await ranIn(frame)
      if (ran !== undefined) faults.push(`script ran: ${JSON.stringify(ran)}`)
    }
    const now = { ...this.#sink.counts }
    if (now.http > this.#seen.http) faults.push(`http: ${JSON.stringify(this.#sink.requests.at(-1) ?? null)}`)
    if (now.tcp > this.#seen.tcp) faults.push(`tcp: ${now.tcp - this.#seen.tcp} connections`)
    this.#seen = now
    return faults
  }
}

/** What a script has left behind; nothing in a frame that is gone, which puppeteer says by throwing at once. */
async function ranIn(frame: Frame): Promise<unknown> {
  try {
    return await frame.evaluate(() => (globalThis as { __pwned?: unknown }).__pwned)
  } catch {
    return undefined
  }
}
