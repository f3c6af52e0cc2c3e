/** WebKitGTK's MiniBrowser on a screen of its own, driven over WebDriver. Full screen, the page is as large as the screen. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import type { DrivenPage, Look } from './driven-page.ts'
import { hasScreens, openScreen, type Screen } from './screen.ts'

const binaries = ['4.1', '4.0']
  .map((version) => `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/webkit2gtk-${version}`)
  .map((directory) => `${directory}/MiniBrowser`)
const DRIVER = '/usr/bin/WebKitWebDriver'

/** Why WebKit cannot be driven here; undefined where it can. */
export function whyNoWebKit(): string | undefined {
  return binaries.some((path) => existsSync(path)) && existsSync(DRIVER) && hasScreens()
    ? undefined
    : 'no WebKitGTK to drive here: apt-get install webkit2gtk-driver xvfb'
}

export interface WebKitSession {
  /** One command of WebDriver; the path begins behind the session. */
  ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown>
  readonly screen: Screen
  close(): Promise<void>
}

export interface WebKitOptions {
  /** More of what WebDriver calls capabilities: a proxy, certificates. */
  readonly capabilities?: Readonly<Record<string, unknown>>
  /** More words for the browser's command line. */
  readonly args?: readonly string[]
  /** Where it may leave files, in place of somebody's home. */
  readonly home?: string
}

export async function openWebKitSession(look: Look, options: WebKitOptions = {}): Promise<WebKitSession> {
  const { width, height, isDark } = look
  const binary = binaries.find((path) => existsSync(path))
  const screen = await openScreen(width, height)
  const port = await freePort()
  const theme = isDark ? { GTK_THEME: 'Adwaita:dark' } : { GTK_THEME: 'Adwaita' }
  const home = options.home === undefined ? {} : { HOME: options.home, XDG_CONFIG_HOME: options.home }
  const env = { ...process.env, ...theme, ...home, DISPLAY: screen.display, WEBKIT_DISABLE_COMPOSITING_MODE: '1' }
  const driver = spawn(DRIVER, [`--port=${String(port)}`], { env, stdio: 'ignore' })
  const ask = asker(`http://127.0.0.1:${String(port)}`)
  const { sessionId } = (await patient(() =>
    ask('POST', '/session', {
      capabilities: {
        alwaysMatch: {
          browserName: 'MiniBrowser',
          ...options.capabilities,
          'webkitgtk:browserOptions': { binary, args: ['--automation', '--full-screen', ...(options.args ?? [])] },
        },
      },
    }),
  )) as { sessionId: string }
  const session = `/session/${sessionId}`
  // Without a window manager full screen is a wish; what follows makes it true.
  await ask('POST', `${session}/window/rect`, { x: 0, y: 0, width, height })
  await ask('POST', `${session}/window/fullscreen`, {})
  await ask('POST', `${session}/timeouts`, { script: 30_000, pageLoad: 60_000 })
  return {
    ask: (method, path, body) => ask(method, session + path, body),
    screen,
    close: async () => {
      await ask('DELETE', session).catch(() => undefined)
      driver.kill()
      screen.close()
    },
  }
}

export async function openWebKit(look: Look): Promise<DrivenPage> {
  const session = await openWebKitSession(look)
  return {
    goto: async (url) => {
      await session.ask('POST', '/url', { url })
    },
    run: <T>(expression: string) => evaluateIn<T>(session, expression, []),
    inFrame: <T>(selector: string, expression: string) => evaluateInFrame<T>(session, selector, expression),
    // Of the screen: the driver's own picture of some pages never comes.
    picture: () => Promise.resolve(session.screen.picture()),
    close: () => session.close(),
  }
}

/**
 * The driver loses a frame that it has just found, once in about ten times, while the page has neither moved nor loaded
 * it (a MutationObserver saw nothing): asked again as long as the same element stands, and said.
 */
async function evaluateInFrame<T>(session: WebKitSession, selector: string, expression: string): Promise<T> {
  const frame = await session.ask('POST', '/element', { using: 'css selector', value: selector })
  for (let tries = 1; ; tries += 1) {
    await session.ask('POST', '/frame', { id: frame })
    try {
      return await evaluateIn<T>(session, expression, [])
    } catch (error) {
      await session.ask('POST', '/frame', { id: null })
      const isLost = error instanceof Error && /no such (frame|window)/.test(error.message)
      if (!isLost || tries === 5 || !(await evaluateIn<boolean>(session, 'args[0].isConnected', [frame]))) throw error
      console.log(`webkit: the driver lost ${selector}, which stands; asked again`)
    } finally {
      await session.ask('POST', '/frame', { id: null })
    }
  }
}

/** The value of an expression, or of its promise, in the document where the session stands; `args` is known in it. */
export async function evaluateIn<T>(
  session: Pick<WebKitSession, 'ask'>,
  expression: string,
  args: readonly unknown[],
): Promise<T> {
  const script = `const done = arguments[arguments.length - 1]; const args = [...arguments].slice(0, -1); Promise.resolve().then(() => (${expression})).then((value) => done({ value }), (error) => done({ error: String(error) }))`
  const answer = (await session.ask('POST', '/execute/async', { script, args })) as { value: T; error?: string }
  if (answer.error !== undefined) throw new Error(answer.error)
  return answer.value
}

function asker(base: string): (method: string, path: string, body?: unknown) => Promise<unknown> {
  return async (method, path, body) => {
    const response = await fetch(base + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const { value } = (await response.json()) as { value: { error?: string; message?: string } }
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error ?? ''} ${value.message ?? ''}`)
    return value
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** The driver takes a moment until it listens. */
async function patient<T>(task: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await task()
    } catch (error) {
      if (tries >= 50) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
