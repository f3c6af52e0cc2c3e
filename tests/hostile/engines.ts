/** Starts a browser whose every look-up but the app's ends at the sink. */
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { launch, type Browser } from 'puppeteer-core'
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts'

export type Engine = 'chromium' | 'firefox' | 'webkit'

/** Why Firefox cannot be driven here; undefined where it is. */
export function whyNoFirefox(): string | undefined {
  return findFirefox() === undefined ? 'no Firefox here; set FIREFOX to its path' : undefined
}

const firefoxPlaces = [process.env['FIREFOX'], '/usr/bin/firefox-esr', '/usr/bin/firefox']

/** `app` is its host and port. Null where this machine has no such browser, or none that can be driven. */
export async function launchEngine(engine: Engine, sinkPort: number, app: string): Promise<Browser | null> {
  switch (engine) {
    case 'chromium':
      return launchChromium(sinkPort, app)
    case 'firefox':
      return launchFirefox()
    case 'webkit':
      return null
  }
}

// hosts that Chromium itself asks for, whatever page is open
const ownErrands = ['accounts.google.com', 'clients*.google.com', '*.googleapis.com']
  .map((host) => `MAP ${host} ~NOTFOUND`)
  .join(', ')

async function launchChromium(sinkPort: number, app: string): Promise<Browser | null> {
  const executablePath = findChromium()
  if (executablePath === undefined) return null
  return launch({
    executablePath,
    args: [
      ...CHROMIUM_ARGS,
      `--host-resolver-rules=MAP ${app} ${app}, ${ownErrands}, MAP * 127.0.0.1:${sinkPort}`,
      '--explicitly-allowed-ports=9',
    ],
  })
}

function findFirefox(): string | undefined {
  return firefoxPlaces.find((place) => place !== undefined && existsSync(place))
}

async function launchFirefox(): Promise<Browser | null> {
  const executablePath = findFirefox()
  if (executablePath === undefined) return null
  return launch({
    browser: 'firefox',
    executablePath,
    extraPrefsFirefox: {
      'network.security.ports.banned.override': '1-1023',
      'network.dns.forceResolve': '127.0.0.1',
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
      'browser.download.dir': tmpdir(),
    },
  })
}
