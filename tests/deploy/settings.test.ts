/** Every setting of the container: what it becomes, and the sentence that a wrong one is refused with. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDeployment } from '../../src/build/deployment.ts'
import { isHere } from '../servers/program.ts'
import { ImageFiles, type Settings } from './image.ts'

let image: ImageFiles
beforeAll(() => {
  image = new ImageFiles()
})
afterAll(() => image.remove())

/** Alpine's shell is BusyBox's, Debian's is dash. */
const shells = [['dash'], ['busybox', 'sh'], ['sh']].filter(([program = '']) => isHere(program))

interface Deployed {
  readonly config: unknown
  readonly connect: string
  /** Where pictures from the internet may come from. */
  readonly pictures: string
}

async function configOf(settings: Settings, shell: readonly string[]): Promise<Deployed> {
  const running = await image.start(settings, shell)
  try {
    const text = await (await fetch(`${running.url}/config.json`)).text()
    // the build's own reader refuses what is wrong
    parseDeployment(text)
    const page = await fetch(running.url)
    const policy = page.headers.get('content-security-policy') ?? ''
    const open = await fetch(`${running.url}/reader-open.html`)
    const openPolicy = open.headers.get('content-security-policy') ?? ''
    return {
      config: JSON.parse(text),
      connect: /connect-src ([^;]*)/.exec(policy)?.[1]?.replaceAll(/\s+/g, ' ').trim() ?? '',
      pictures: /img-src blob: data: ([^;]*)/.exec(openPolicy)?.[1] ?? '',
    }
  } finally {
    await running.stop()
  }
}

describe.each(shells.map((shell) => [shell.join(' '), shell] as const))('under %s', (_name, shell) => {
  it('starts without any setting', async () => {
    expect(await configOf({}, shell)).toEqual({
      config: { servers: [], rewriteToOrigin: false },
      connect: "'self'",
      pictures: 'https:',
    })
  })

  it('puts every setting into config.json, and the origins into the policy', async () => {
    const settings = {
      POSTERN_SERVERS: 'https://mail.example.com:8443/jmap/session?a=1&b=%20 https://second.example',
      POSTERN_ALLOWED_ORIGINS: 'https://files.example.com,https://other.example:81',
      POSTERN_PRODUCT_NAME: "Anna's Pöst (home)",
      POSTERN_SIGN_IN: 'token, password',
      POSTERN_COOKIES: 'same-origin',
      POSTERN_REWRITE_TO_ORIGIN: 'true',
      POSTERN_AUTHSERV_IDS: 'mail.example.com mx.cloudflare.net',
      POSTERN_IMAGE_PROXY: 'https://images.example.net:8443/fetch?key=1',
    }
    expect(await configOf(settings, shell)).toEqual({
      config: {
        servers: ['https://mail.example.com:8443/jmap/session?a=1&b=%20', 'https://second.example'],
        rewriteToOrigin: true,
        allowedOrigins: ['https://files.example.com', 'https://other.example:81'],
        productName: "Anna's Pöst (home)",
        signIn: ['token', 'password'],
        cookies: 'same-origin',
        authservIds: ['mail.example.com', 'mx.cloudflare.net'],
        imageProxy: 'https://images.example.net:8443/fetch?key=1',
      },
      connect:
        "'self' https://mail.example.com:8443 https://second.example https://files.example.com https://other.example:81",
      pictures: 'https://images.example.net:8443',
    })
  })

  it.each<[string, string, RegExp]>([
    ['POSTERN_SERVERS', 'mail.example.com', /no URL of a mail server. Write it like https:/],
    ['POSTERN_SERVERS', 'https://', /no URL/],
    ['POSTERN_SERVERS', 'https:///path', /no URL/],
    ['POSTERN_SERVERS', 'ftp://mail.example.com', /no URL/],
    ['POSTERN_SERVERS', 'https://user:secret@mail.example.com', /no URL/],
    ['POSTERN_SERVERS', 'https://mail.example.com:port', /no URL/],
    ['POSTERN_SERVERS', "https://mail.example.com;script-src'unsafe-inline'", /no URL/],
    ['POSTERN_SERVERS', 'https://mail.example.com/"},{"', /no URL/],
    ['POSTERN_SERVERS', 'https://mail.example.com/{env.HOME}', /no URL/],
    ['POSTERN_SERVERS', 'https://*.example.com', /no URL/],
    ['POSTERN_SERVERS', 'https://mail.example.com\nhttps://x', /line break/],
    ['POSTERN_ALLOWED_ORIGINS', 'https://files.example.com/blobs', /no origin.*without a path/],
    ['POSTERN_ALLOWED_ORIGINS', '*', /no origin/],
    ['POSTERN_PRODUCT_NAME', 'My "Mail"', /must not hold/],
    ['POSTERN_PRODUCT_NAME', '<b>Mail', /must not hold/],
    ['POSTERN_PRODUCT_NAME', '{{env "HOME"}}', /must not hold/],
    ['POSTERN_PRODUCT_NAME', '[[env HOME]]', /must not hold/],
    ['POSTERN_PRODUCT_NAME', 'a\tb', /control character/],
    ['POSTERN_PRODUCT_NAME', 'x'.repeat(61), /longer than 60 bytes/],
    ['POSTERN_SIGN_IN', 'oauth', /knows token and password/],
    ['POSTERN_COOKIES', 'include', /may be omit, or same-origin/],
    ['POSTERN_IMAGE_PROXY', 'http://images.example.net', /is no https URL/],
    ['POSTERN_IMAGE_PROXY', 'images.example.net', /is no https URL/],
    ['POSTERN_IMAGE_PROXY', 'https://images.example.net/;img-src *', /is no https URL/],
    ['POSTERN_REWRITE_TO_ORIGIN', 'yes', /may be true or false/],
    ['POSTERN_AUTHSERV_IDS', 'https://mail.example.com', /no host name. Write it like mail.example.com/],
    ['POSTERN_AUTHSERV_IDS', 'mail.example.com"]', /no host name/],
  ])('refuses %s=%j', (name, value, sentence) => {
    const { status, said } = image.refusal({ [name]: value }, shell)
    expect(said).toMatch(/^postern: POSTERN_[A-Z_]+ .*\n$/)
    expect(said).toContain(name)
    expect(said).toMatch(sentence)
    expect(status).toBe(78)
  })
})
