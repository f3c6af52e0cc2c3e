import { describe, expect, it } from 'vitest'
import { listNameOf } from '../list-name.ts'
import { senderWarning } from './sender-warning.ts'
import { spamScore } from './spam-score.ts'

describe('senderWarning', () => {
  const warn = (name: string | null, email: string) => senderWarning([{ name, email }])

  it.each([
    ['security@bank.test', 'evil@attacker.test'],
    ['"security@bank.test" via us', 'evil@attacker.test'],
    ['\u202etset.knab@ytiruces', 'evil@attacker.test'],
    ['secu\u200brity@\u2060bank.test', 'evil@attacker.test'],
    ['ｓecurity＠bank.test', 'evil@attacker.test'],
  ])('sees that %j is another address than %s', (name, email) => {
    expect(warn(name, email)).toMatchObject({ kind: 'name', address: email })
  })

  it.each([
    ['Bank', 'service@bank.test'],
    ['service@bank.test', 'service@bank.test'],
    ['info@bank.test', 'noreply@mail.bank.test'],
    ['Anna @ home', 'anna@home.test'],
    [null, 'anna@home.test'],
    ['Büro', 'a@bücher.test'],
    ['Москва', 'a@москва.test'],
  ])('says nothing of %j <%s>', (name, email) => {
    expect(warn(name, email)).toBeNull()
  })

  it.each(['id@xn--80ak6aa92e.test', 'id@аррӏе.test', 'id@pаypal.test'])('says how %s is written', (email) => {
    expect(warn('Apple', email)).toMatchObject({ kind: 'script', domain: expect.stringMatching(/^xn--/) as string })
  })

  it('has nothing to say of nobody', () => {
    expect(senderWarning(null)).toBeNull()
    expect(senderWarning([])).toBeNull()
  })
})

describe('spamScore', () => {
  it.each([
    ['X-Spam-Score', 'ham, score=-1.25', -1.25, false],
    ['X-Spam-Score', 'spam, score=7.00, avg_confidence=0.9', 7, true],
    ['X-Spam-Score', '12.3', 12.3, null],
    ['X-Spam-Status', 'Yes, score=6.1 required=5.0 tests=A', 6.1, true],
    ['x-spam-status', 'No, score=-0.1', -0.1, false],
  ])('reads %s: %s', (name, value, score, isSpam) => {
    expect(spamScore([{ name, value }])).toEqual({ score, isSpam })
  })

  it.each(['', 'none', 'score=x', '99999999'])('knows none of %j', (value) => {
    expect(spamScore([{ name: 'X-Spam-Score', value }])).toBeNull()
  })

  it('takes the uppermost', () => {
    const fields = ['ham, score=9', 'ham, score=-9'].map((value) => ({ name: 'X-Spam-Score', value }))
    expect(spamScore(fields)?.score).toBe(9)
  })
})

describe('listNameOf', () => {
  it.each([
    ['Garden talk <talk.garden.example>', 'Garden talk (talk.garden.example)'],
    ['"Garden" <talk.garden.example>', 'Garden (talk.garden.example)'],
    ['<talk.garden.example>', 'talk.garden.example'],
    ['=?utf-8?B?x?= <talk.garden.example>', 'talk.garden.example'],
    ['\u202etalk <a\u202eb>', 'talk (ab)'],
    ['', null],
  ])('reads %j', (value, name) => {
    expect(listNameOf([{ name: 'List-ID', value }])).toBe(name)
  })

  it('is null without one', () => {
    expect(listNameOf([])).toBeNull()
  })
})
