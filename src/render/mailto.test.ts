import { describe, expect, it } from 'vitest'
import { parseMailto } from './mailto.ts'

describe('parseMailto', () => {
  it('reads what RFC 6068 gives, in any case', () => {
    expect(
      parseMailto('mailto:a@x.test,b%2Cc@x.test?cc=c@x.test&BCC=d@x.test,e@x.test&subject=On%20time%3F&to=f@x.test'),
    ).toEqual({
      to: ['a@x.test', 'b,c@x.test', 'f@x.test'],
      cc: ['c@x.test'],
      bcc: ['d@x.test', 'e@x.test'],
      subject: 'On time?',
    })
  })

  it('does nothing else that a link asks for', () => {
    expect(
      parseMailto('MAILTO:a@x.test?attach=/etc/passwd&attachment=x&body=hi&from=b@x.test&html-body=%3Cb%3E#x'),
    ).toEqual({
      to: ['a@x.test'],
      cc: [],
      bcc: [],
      subject: '',
    })
  })

  it('lets nothing begin a field or turn around', () => {
    expect(parseMailto('mailto:a@x.test%0D%0ABcc:evil@y.test?subject=a%0D%0AX-Evil:%20b%E2%80%AE')).toEqual({
      to: ['a@x.testBcc:evil@y.test'],
      cc: [],
      bcc: [],
      subject: 'aX-Evil: b',
    })
  })

  it.each([
    ['mailto:', []],
    ['mailto:?', []],
    ['mailto:?to=', []],
    ['mailto:%zz@x.test', ['%zz@x.test']],
    ['mailto:?=&&x', []],
  ])('gets along with %s', (href, to) => {
    expect(parseMailto(href).to).toEqual(to)
  })

  it('is quick about a flood', () => {
    const start = performance.now()
    expect(parseMailto(`mailto:${'a@x.test,'.repeat(50_000)}`).to).toHaveLength(10_000)
    expect(performance.now() - start).toBeLessThan(500)
  })
})
