/** Starts a browser whose every look-up but the app's ends at the sink. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch, type Browser } from 'puppeteer-core'
import { openWebKitSession, whyNoWebKit } from '../engines/webkit.ts'
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts'
import type { EnginePage } from './engine-page.ts'
import { openPuppeteerPage } from './puppeteer-page.ts'
import { webKitPage } from './webkit-page.ts'

export type Engine = 'chromium' | 'firefox' | 'webkit'

/** Why Firefox cannot be driven here; undefined where it is. */
export function whyNoFirefox(): string | undefined {
  return findFirefox() === undefined ? 'no Firefox here; set FIREFOX to its path' : undefined
}

const firefoxPlaces = [process.env['FIREFOX'], '/usr/bin/firefox-esr', '/usr/bin/firefox']

/** `app` is its host and port. Null where this machine has no such browser, or none that Puppeteer drives. */
export async function launchEngine(
  engine: Engine,
  sinkPort: number,
  app: string,
  options: { netLog?: string; downloads?: string } = {},
): Promise<Browser | null> {
  switch (engine) {
    case 'chromium':
      return launchChromium(sinkPort, app, options.netLog)
    case 'firefox':
      return launchFirefox(options.downloads ?? tmpdir())
    case 'webkit':
      return null
  }
}

export interface OpenedEngine {
  readonly page: EnginePage
  /** Where Chromium writes what it looks up; whole once the engine is closed. */
  readonly netLog: string | undefined
  /** Ends the browser; what it left on the disk stays until `clean`. */
  close(): Promise<void>
  clean(): void
}

/** One page in any of the three; null where this machine has no such browser. */
export async function openEngine(engine: Engine, sinkPort: number, app: string): Promise<OpenedEngine | null> {
  const directory = mkdtempSync(join(tmpdir(), 'postern-engine-'))
  const clean = (): void => rmSync(directory, { recursive: true, force: true })
  if (engine === 'webkit') {
    if (whyNoWebKit() !== undefined) return null
    const look = { width: 1440, height: 900, isDark: false }
    const session = await openWebKitSession(look, {
      home: directory,
      // not by WebDriver's capability, which this driver takes for a scheme of requests
      args: [`--proxy=socks://127.0.0.1:${sinkPort}`, `--ignore-host=${app}`],
      capabilities: { acceptInsecureCerts: true, unhandledPromptBehavior: 'ignore' },
    })
    return { page: webKitPage(session), netLog: undefined, close: () => session.close(), clean }
  }
  const netLog = engine === 'chromium' ? join(directory, 'net-log.json') : undefined
  const browser = await launchEngine(engine, sinkPort, app, {
    downloads: directory,
    ...(netLog === undefined ? {} : { netLog }),
  })
  if (browser === null) return null
  return { page: await openPuppeteerPage(browser, engine), netLog, close: () => browser.close(), clean }
}

// hosts that Chromium itself asks for, whatever page is open
const ownErrands = ['accounts.google.com', 'clients*.google.com', '*.googleapis.com']
  .map((host) => `MAP ${host} ~NOTFOUND`)
  .join(', ')

async function launchChromium(sinkPort: number, app: string, netLog: string | undefined): Promise<Browser | null> {
  const executablePath = findChromium()
  if (executablePath === undefined) return null
  return launch({
    executablePath,
    acceptInsecureCerts: true,
    args: [
      ...CHROMIUM_ARGS,
      `--host-resolver-rules=MAP ${app} ${app}, ${ownErrands}, MAP * 127.0.0.1:${sinkPort}`,
      '--explicitly-allowed-ports=9',
      ...(netLog === undefined ? [] : [`--log-net-log=${netLog}`]),
    ],
  })
}

function findFirefox(): string | undefined {
  return firefoxPlaces.find((place) => place !== undefined && existsSync(place))
}

async function launchFirefox(downloads: string): Promise<Browser | null> {
  const executablePath = findFirefox()
  if (executablePath === undefined) return null
  return launch({
    browser: 'firefox',
    executablePath,
    acceptInsecureCerts: true,
    extraPrefsFirefox: {
      'network.security.ports.banned.override': '1-1023',
      'network.dns.forceResolve': '127.0.0.1',
      // As readers have it: Puppeteer forbids Firefox to connect to what might be wanted next.
      'network.http.speculative-parallel-limit': 20,
      // Firefox's own errand
      'services.settings.server': 'data:,#remote-settings-dummy/v1',
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      // A page that is left keeps its worker's event stream open until the collector comes by, for up to a minute
      // (measured, ESR 153): over HTTP/1.1 the sixth load in a row would wait for a connection.
      'network.http.max-persistent-connections-per-server': 60,
      // A download neither opens a panel that takes the focus nor leaves a file in somebody's home.
      'browser.download.alwaysOpenPanel': false,
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
    },
  })
}
