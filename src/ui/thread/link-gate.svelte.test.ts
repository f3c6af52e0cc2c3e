import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ManualClock, settle } from '../../../tests/support/manual-clock.ts'
import { LinkGate } from './link-gate.svelte.ts'

const open = vi.fn()
const writeText = vi.fn<(text: string) => Promise<void>>()
const announce = vi.fn()
let clock: ManualClock
let isActive: boolean
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
  gate = new LinkGate({ window: { open, navigator } as unknown as Window, announce, clock })
})

describe('following a link', () => {
  it('opens an honest one apart from the app', () => {
    gate.follow({ href: 'https://forge.example/x', text: 'the discussion' })
    expect(open).toHaveBeenCalledWith('https://forge.example/x', '_blank', 'noopener,noreferrer')
    expect(gate.question).toBeNull()
  })

  it.each([
    ['https://evil.example/', 'www.bank.example', 'text'],
    ['https://bank.example@evil.example/', 'here', 'userinfo'],
    ['https://аррӏе.example/', 'here', 'mixed'],
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

describe('an address', () => {
  it('is copied, and that is said for three seconds', async () => {
    writeText.mockResolvedValue()
    gate.follow({ href: 'mailto:lena@ekhult.example', text: 'Lena' })
    await settle()
    expect(writeText).toHaveBeenCalledWith('lena@ekhult.example')
    expect(gate.note).toBe('Copied lena@ekhult.example')
    expect(announce).toHaveBeenCalledWith('Copied lena@ekhult.example')
    await clock.advance(3_000)
    expect(gate.note).toBeNull()
  })

  it('is shown where the browser does not copy', async () => {
    writeText.mockRejectedValue(new DOMException('no', 'NotAllowedError'))
    gate.follow({ href: 'mailto:lena@ekhult.example', text: 'Lena' })
    await settle()
    expect(gate.note).toBe('lena@ekhult.example')
  })
})
