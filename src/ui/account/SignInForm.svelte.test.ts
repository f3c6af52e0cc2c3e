import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import SignInForm from './SignInForm.svelte'
import type { DiscoveryProblem, SignInOutcome, SignInRequest } from '../../auth/outcomes.ts'

const demo = { username: 'demo@lindqvist.example', password: 'demo' }

function opened(outcomes: SignInOutcome[], withDemo = false) {
  const signIn = vi.fn<(request: SignInRequest) => Promise<SignInOutcome>>(() =>
    Promise.resolve(outcomes.shift() ?? { kind: 'signedIn', login: 'l' }),
  )
  render(SignInForm, { signIn, offer: withDemo ? { demo } : {} })
  return signIn
}

async function submit(): Promise<void> {
  const user = userEvent.setup()
  await user.type(screen.getByLabelText('Address'), 'mara@lindqvist.example')
  await user.type(screen.getByLabelText('Password'), 'secret')
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
}

describe('the sign-in form', () => {
  it('sends what was typed, once, and stays busy until the mail takes its place', async () => {
    const signIn = opened([])
    await submit()
    expect(signIn.mock.calls).toEqual([
      [{ server: '', username: 'mara@lindqvist.example', password: 'secret', keep: true }],
    ])
    await userEvent.click(screen.getByRole('button', { name: 'Signing in' }))
    expect(signIn).toHaveBeenCalledTimes(1)
  })

  it('asks for what is missing at its field, without asking the server', async () => {
    const signIn = opened([])
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
    expect(screen.getByLabelText('Address')).toBeInvalid()
    expect(screen.getByLabelText('Address')).toHaveAccessibleDescription('Type your mail address or user name.')
    expect(screen.getByRole('alert')).toHaveTextContent('Type your mail address')
    expect(signIn).not.toHaveBeenCalled()
  })

  it('says of a refusal, at the password, what it most likely is', async () => {
    opened([{ kind: 'refused', withCode: false, scheme: 'stalwart' }])
    await submit()
    expect(await screen.findByRole('alert')).toHaveTextContent('Most likely the password is wrong')
    expect(screen.getByLabelText('Password')).toBeInvalid()
    expect(screen.getByLabelText('Address')).not.toBeInvalid()
  })

  it('puts the code in place of the fields and sends it with what was typed before', async () => {
    const signIn = opened([{ kind: 'codeNeeded' }, { kind: 'refused', withCode: true, scheme: 'stalwart' }])
    await submit()
    const code = await screen.findByLabelText('Code')
    expect(code).toHaveAttribute('autocomplete', 'one-time-code')
    expect(screen.queryByLabelText('Password')).toBeNull()
    await userEvent.type(code, '123 456')
    await userEvent.click(screen.getByRole('button', { name: 'Continue' }))
    expect(signIn).toHaveBeenLastCalledWith(expect.objectContaining({ code: '123456', password: 'secret' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('Most likely the code is wrong')
    expect(screen.getByLabelText('Code')).toBeInvalid()
  })

  it.each<[DiscoveryProblem, RegExp]>([
    [
      { kind: 'unreachable', url: 'https://mail.example.com/jmap', crossOrigin: false },
      /mail\.example\.com does not answer/,
    ],
    [{ kind: 'unreachable', url: 'https://mail.example.com/jmap', crossOrigin: true }, /CORS/],
    [{ kind: 'notAllowed', origin: 'https://mail.example.com' }, /"servers" in config\.json/],
    [{ kind: 'notJmap', url: 'https://mail.example.com/', status: 200, isHtml: true }, /a web page, not with JMAP/],
    [{ kind: 'notJmap', url: 'https://mail.example.com/', status: 404, isHtml: false }, /not with JMAP \(404\)/],
    [{ kind: 'foreignUrl', url: 'https://evil.example/', origin: 'https://evil.example' }, /https:\/\/evil\.example/],
    [{ kind: 'redirect', url: 'https://mail.example.com/' }, /does not follow such a hop/],
  ])('opens the server field and names the problem: %o', async (problem, words) => {
    opened([{ kind: 'discovery', problem }])
    await submit()
    expect(await screen.findByRole('alert')).toHaveTextContent(words)
    expect(screen.getByLabelText('Server')).toBeInvalid()
  })

  it('names a gate before the host, and loads the page again to pass it', async () => {
    const signIn = opened([{ kind: 'discovery', problem: { kind: 'gate', url: 'https://mail.example.com' } }])
    await submit()
    expect(await screen.findByRole('alert')).toHaveTextContent(/before mail\.example\.com wants a log-in of its own/)
    expect(screen.getByRole('button', { name: 'Load again' })).toBeVisible()
    expect(screen.getByLabelText('Password')).not.toBeInvalid()
    expect(signIn).toHaveBeenCalledTimes(1)
  })

  it('says what is wrong with the installation, until signing in has more to say', async () => {
    const signIn = vi.fn<(request: SignInRequest) => Promise<SignInOutcome>>(() =>
      Promise.resolve({ kind: 'noMethod' }),
    )
    render(SignInForm, { signIn, offer: { notice: '"servers" in config.json has to be a list.' } })
    expect(screen.getByRole('alert')).toHaveTextContent('"servers" in config.json has to be a list.')
    await submit()
    await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('offers no way of signing in'))
  })

  it('says how long a locked account has to wait, and blames no field', async () => {
    opened([{ kind: 'locked', retryAfterMs: 600_000 }])
    await submit()
    expect(await screen.findByRole('alert')).toHaveTextContent('Try again in 10 minutes')
    expect(screen.getByLabelText('Password')).not.toBeInvalid()
  })

  it('can be used again after the engine gave up', async () => {
    const signIn = vi.fn(() => Promise.reject(new Error('worker is gone')))
    render(SignInForm, { signIn, offer: {} })
    await submit()
    expect(await screen.findByRole('alert')).toHaveTextContent('Signing in did not work')
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Sign in' })).toHaveAttribute('aria-disabled', 'false'),
    )
  })

  it('offers the demo only where there is one, and keeps what the box says', async () => {
    const signIn = opened([], true)
    await userEvent.click(screen.getByRole('checkbox', { name: /This device is mine/ }))
    await userEvent.click(screen.getByRole('button', { name: 'Try the demo' }))
    expect(signIn).toHaveBeenCalledWith({ server: '', ...demo, keep: false })
  })
})
