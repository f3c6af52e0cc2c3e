/**
 * lighthouse.*: the sign-in page and the inbox of the built app, served by Caddy as in the container, judged by Lighthouse.
 * It is 180 MB with what it needs, so it is no dependency: it is installed into .tmp with the first run.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launch, type Browser, type Page } from 'puppeteer-core'
import { demoPeople } from '../../../demo/mailbox/demo-mailbox.ts'
import { serve } from '../../../demo/http/serve.ts'
import { ImageFiles } from '../../deploy/image.ts'
import { freePort } from '../../support/free-port.ts'
import { CHROMIUM_ARGS, findChromium } from '../../support/chromium.ts'
import { runProgram, whyNoProgram, type RunningProgram } from '../../servers/program.ts'
import type { BenchContext } from '../context.ts'
import { absolute, atLeast, couldNotRun, type Figure } from '../figure.ts'

const version = '13.5.0'
const directory = resolve(import.meta.dirname, '../../../.tmp', `lighthouse-${version}`)
const categories = ['performance', 'accessibility', 'best-practices'] as const
const bars = { performance: 95, accessibility: 100, 'best-practices': 100 } as const

export const LIGHTHOUSE_FIGURES = [...categories.map((name) => `lighthouse.${name}`), 'lighthouse.failed']

/** Audits that may fail, and why. */
const named: Readonly<Record<string, string>> = {
  'is-on-https': 'the test site is plain http on this machine',
  'redirects-http': 'the test site is plain http on this machine',
  'network-dependency-tree-insight': 'names chains of requests; it has no bar',
}

interface Audit {
  readonly id: string
  readonly score: number | null
  readonly scoreDisplayMode: string
}
interface Result {
  readonly lhr: {
    readonly categories: Readonly<
      Record<string, { readonly score: number | null; readonly auditRefs: readonly { readonly id: string }[] }>
    >
    readonly audits: Readonly<Record<string, Audit>>
  }
}
type Lighthouse = (url: string, flags: object, config: object, page: Page) => Promise<Result | undefined>

export async function lighthouseFigures({ runs, say }: BenchContext): Promise<Figure[]> {
  const why = whyNoProgram('caddy') ?? (findChromium() === undefined ? 'there is no Chromium' : install())
  if (why !== undefined)
    return LIGHTHOUSE_FIGURES.map((name) => couldNotRun(name, name.endsWith('failed') ? 'audits' : 'points', 0, why))
  const { default: lighthouse } = (await import(
    pathToFileURL(join(directory, 'node_modules/lighthouse/core/index.js')).href
  )) as { default: Lighthouse }
  const site = await serveByCaddy()
  const scores = new Map<string, number[]>()
  const failed = new Set<string>()
  try {
    for (const screen of ['sign-in', 'inbox'] as const) {
      for (let run = 0; run < runs; run++) {
        const browser = await launchChromium()
        try {
          const page = await browser.newPage()
          if (screen === 'inbox') await signIn(page, site.url)
          const result = await lighthouse(
            `${site.url}/`,
            { onlyCategories: [...categories], disableStorageReset: true, logLevel: 'error' },
            { extends: 'lighthouse:default' },
            page,
          )
          if (!result) throw new Error('Lighthouse gave no result')
          for (const { id } of take(result, screen, scores)) failed.add(`${screen}: ${id}`)
          say(
            `lighthouse, ${screen}: ${categories.map((name) => `${name} ${String(scores.get(`${screen} ${name}`)?.at(-1))}`).join(', ')}`,
          )
        } finally {
          await browser.close()
        }
      }
    }
  } finally {
    await site.stop()
  }
  const list = [...failed]
  return [
    ...categories.map((name) =>
      atLeast(`lighthouse.${name}`, 'points', worse(scores, name), bars[name], 'the worse of the two screens'),
    ),
    absolute(
      'lighthouse.failed',
      'audits',
      [list.length],
      0,
      list.join(', ') || `but for ${Object.keys(named).join(', ')}`,
    ),
  ]
}

/** Notes the scores of a run; answers the audits that failed. */
function take({ lhr }: Result, screen: string, scores: Map<string, number[]>): Audit[] {
  const counted = categories.flatMap((name) => {
    const category = lhr.categories[name]
    const key = `${screen} ${name}`
    scores.set(key, [...(scores.get(key) ?? []), Math.round((category?.score ?? 0) * 100)])
    // performance is judged by its score: its audits are hints, most of them without a bar
    return name === 'performance' ? [] : (category?.auditRefs ?? [])
  })
  return counted
    .map(({ id }) => lhr.audits[id])
    .filter((audit): audit is Audit => audit?.scoreDisplayMode === 'binary' && audit.score === 0)
    .filter(({ id }) => !(id in named))
}

/** The runs of the screen that did worse. */
function worse(scores: ReadonlyMap<string, readonly number[]>, category: string): readonly number[] {
  const [signIn = [], inbox = []] = ['sign-in', 'inbox'].map((screen) => scores.get(`${screen} ${category}`) ?? [])
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  return sum(signIn) <= sum(inbox) ? signIn : inbox
}

function install(): string | undefined {
  if (existsSync(join(directory, 'node_modules/lighthouse/package.json'))) return undefined
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'package.json'), '{"private": true}\n')
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `lighthouse@${version}`]
  const { status } = spawnSync('npm', args, { cwd: directory, stdio: 'ignore' })
  return status === 0 ? undefined : `npm could not install lighthouse ${version}`
}

/** The container's Caddy, and before it another that passes the mail's paths to a demo server. */
async function serveByCaddy(): Promise<RunningProgram> {
  const image = new ImageFiles()
  const postern = await image.start({ POSTERN_REWRITE_TO_ORIGIN: 'true' })
  const demo = await serve({ like: 'stalwart' })
  const port = await freePort()
  const file = join(image.directory, 'front.caddy')
  const mail = '@mail path /jmap /jmap/* /.well-known/* /auth/* /api/*'
  writeFileSync(
    file,
    `{\n admin off\n auto_https off\n}\n:${String(port)} {\n ${mail}\n reverse_proxy @mail ${new URL(demo.url).host} {\n  flush_interval -1\n }\n reverse_proxy ${new URL(postern.url).host}\n}\n`,
  )
  const front = await runProgram(['caddy', 'run', '--adapter', 'caddyfile', '--config', file], {
    url: `http://127.0.0.1:${String(port)}`,
    env: { XDG_CONFIG_HOME: image.directory, XDG_DATA_HOME: image.directory },
  })
  return {
    url: front.url,
    stop: async () => {
      await front.stop()
      await postern.stop()
      await demo.close()
      image.remove()
    },
  }
}

function launchChromium(): Promise<Browser> {
  return launch({ executablePath: findChromium() ?? '', args: CHROMIUM_ARGS })
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/`)
  await page.waitForSelector('input[name=username]')
  await page.type('input[name=username]', demoPeople.mara.username)
  await page.type('input[name=password]', demoPeople.mara.password)
  await page.keyboard.press('Enter')
  await page.waitForSelector('html[data-sync=ready]', { timeout: 30_000 })
}
