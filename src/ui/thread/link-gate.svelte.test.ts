import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { LinkGate } from './link-gate.svelte.ts'
import type { OpenAccount } from '../../state/open-account.ts'
import type { Settings } from '../../state/settings.svelte.ts'

const open = vi.fn()
const writeText = vi.fn<(text: string) => Promise<void>>()
const announce = vi.fn()
let clock: ManualClock
let isActive: boolean
let isTouch: boolean
let cuts: boolean
let gate: LinkGate

beforeEach(() => {
  vi.resetAllMocks()
  clock = new ManualClock()
  isActive = true
  const navigator = {
    clipboard: { writeText },
    userActivation: {
      get isActive() {
        return isActive
      },
    },
  }
  isTouch = false
  cuts = false
  const matchMedia = () => ({ matches: isTouch })
  const window = { open, navigator, matchMedia } as unknown as Window
  const settings = { get: () => cuts } as unknown as Settings
  const account = () => ({ info: { key: 'k' } }) as OpenAccount
  gate = new LinkGate({ window, announce, clock, settings, account })
})

describe('following a link', () => {
  it('opens an honest one apart from the app', () => {
    gate.follow({ href: 'https://forge.example/x', text: 'the discussion' })
    expect(open).toHaveBeenCalledWith('https://forge.example/x', '_blank', 'noopener,noreferrer')
    expect(gate.question).toBeNull()
  })

  it.each([
    ['https://evil.example/', 'www.bank.example', 'text-differs'],
    ['https://bank.example@evil.example/', 'here', 'userinfo'],
    ['https://аррӏе.example/', 'here', 'look-alike'],
    ['https://сосо.example/', 'here', 'mixed-script'],
    ['https://evil.example/', '\u202eelpmaxe.knab', 'bidi'],
    ['https://203.0.113.7/', 'here', 'ip-address'],
  ])('asks before %s behind “%s”', (href, text, reason) => {
    gate.follow({ href, text })
    expect(open).not.toHaveBeenCalled()
    expect(gate.question?.reason).toBe(reason)
    gate.confirm()
    expect(open).toHaveBeenCalledOnce()
    expect(gate.question).toBeNull()
  })

  it('offers a real link where a window would be blocked', () => {
    isActive = false
    gate.follow({ href: 'https://forge.example/x', text: 'the discussion' })
    expect(open).not.toHaveBeenCalled()
    expect(gate.question?.reason).toBe('blocked')
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '#top'])('goes nowhere for %s', (href) => {
    gate.follow({ href, text: 'here' })
    expect(open).not.toHaveBeenCalled()
    expect(gate.question).toBeNull()
  })
})

describe('where nothing points before it presses', () => {
  beforeEach(() => {
    isTouch = true
  })

  it('shows where a link goes, unless its words do', () => {
    gate.follow({ href: 'https://forge.example/x', text: 'the discussion' })
    expect(open).not.toHaveBeenCalled()
    expect(gate.question?.reason).toBe('touch')
    gate.confirm()
    expect(open).toHaveBeenCalledOnce()
    gate.follow({ href: 'https://forge.example/x', text: 'forge.example/x' })
    gate.follow({ href: 'tel:+46-8-123', text: 'Call us' })
    expect(open).toHaveBeenCalledTimes(3)
  })
})

describe.each(['forged', 'unchecked'])('in a letter that is %s', (why) => {
  it('opens nothing', () => {
    const letter = document.createElement('article')
    letter.dataset.closed = why
    gate.follow({ href: 'https://forge.example/x', text: 'the discussion' }, letter)
    expect(gate.question?.reason).toBe(why)
    gate.confirm()
    expect(open).not.toHaveBeenCalled()
    gate.follow({ href: 'mailto:a@x.example', text: 'write' }, letter)
    expect(gate.mail?.reason).toBe(why)
  })
})

describe('tracking', () => {
  const link = { href: 'https://bank@forge.example/?utm_source=a&b=1', text: 'x' }

  it('is cut off where the reader wants it', () => {
    gate.follow(link)
    expect(gate.question?.target.href).toBe(link.href)
    cuts = true
    gate.follow(link)
    expect(gate.question?.target.href).toBe('https://bank@forge.example/?b=1')
  })
})

describe('an address', () => {
  it('is shown with all that its link would send', () => {
    gate.follow({ href: 'mailto:lena@ekhult.example?bcc=evil@evil.example&subject=Hi', text: 'Lena' })
    expect(gate.mail).toMatchObject({
      fields: { to: ['lena@ekhult.example'], bcc: ['evil@evil.example'], subject: 'Hi' },
      reason: undefined,
    })
    expect(writeText).not.toHaveBeenCalled()
    gate.follow({ href: 'mailto:evil@evil.example', text: 'lena@ekhult.example' })
    expect(gate.mail?.reason).toBe('differs')
    gate.dismiss()
    expect(gate.mail).toBeNull()
  })

  it('is copied, and that is said for three seconds', async () => {
    writeText.mockResolvedValue()
    await gate.copy('lena@ekhult.example', 'Copied it')
    expect(writeText).toHaveBeenCalledWith('lena@ekhult.example')
    expect(gate.note).toBe('Copied it')
    expect(announce).toHaveBeenCalledWith('Copied it')
    await clock.advance(3_000)
    expect(gate.note).toBeNull()
  })

  it('is shown where the browser does not copy', async () => {
    writeText.mockRejectedValue(new DOMException('no', 'NotAllowedError'))
    await gate.copy('lena@ekhult.example', 'Copied it')
    expect(gate.note).toBe('lena@ekhult.example')
  })
})
