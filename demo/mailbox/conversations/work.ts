/** Conversations of Mara's work: the relay issue, and an invitation. */
import type { Conversation, Letter, Note } from '../letter.ts'
import { dayName, stamp, type Moments } from '../moments.ts'
import { developers, friends, mara, services } from '../people.ts'
import { escapeHtml, flow, replyText } from '../quoting.ts'

export function workConversations(moments: Moments): Conversation[] {
  return [relayIssue(moments), harbourWalk(moments), timetable(moments)]
}

function relayIssue(moments: Moments): Conversation {
  const subject = '[harbor/relay] Retry backoff ignores the server hint (#418)'
  const { ilya, nadia } = developers
  const texts = [
    'When a relay answers 503 with Retry-After, the queue waits its own default of 30 s and not what the server asked for. Seen on 2.4.0 with two different upstreams.',
    'Which upstreams? One of ours sent the header twice until last week.',
    'A plain one and the staging relay. The header is there once, I looked with a packet dump.',
    'I see the same on our side since Thursday. It is not urgent: mail arrives, just later than it could.',
    'Could it be the date form? The parser only accepts whole seconds today.',
  ]
  const authors = [ilya, nadia, ilya, mara, nadia]
  const times = [26, 25, 22, 20.5, 2.9].map((hours) => moments.ago(0, 0, Math.round(hours * 60) + 42))
  let previous: { from: typeof mara; at: number; text: string } | undefined
  const notes = texts.map((own, index): Note => {
    const from = authors[index] ?? ilya
    const at = times[index] ?? moments.now
    const text = previous === undefined ? `${own}\n` : replyText(own, previous)
    previous = { from, at, text }
    const letter = notification(from, index === 0 ? subject : `Re: ${subject}`, flow(text))
    return from === mara ? { at, place: 'sent', write: () => letter } : { at, place: 'inbox', write: () => letter }
  })
  notes.push({
    at: moments.ago(0, 0, 42),
    place: 'inbox',
    isUnread: true,
    write: () => ({
      ...notification(ilya, `Re: ${subject}`, reproduction(moments.now)),
      html: reproductionHtml(moments.now),
      isFlowed: false,
    }),
  })
  return { key: 'relay-418', notes }
}

function notification(from: typeof mara, subject: string, text: string): Letter {
  return {
    from: from === mara ? mara : { name: from.name, email: services.forge.email },
    to: [{ name: 'harbor/relay', email: 'relay@noreply.forge.example' }],
    cc: [mara],
    subject,
    text,
    isFlowed: true,
    headers: [
      ['List-Id', 'harbor/relay <relay.harbor.forge.example>'],
      ['List-Unsubscribe', '<https://forge.example/unsubscribe/418>, <mailto:unsub+418@forge.example>'],
      ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
      ['Precedence', 'list'],
    ],
  }
}

function hintDate(now: number): string {
  return new Date(now - 55 * 60_000).toUTCString()
}

function reproduction(now: number): string {
  return (
    'I can reproduce this on 2.4.1 as soon as the header carries a date instead of seconds. The branch falls through and we go back to the default of 30 s:\n\n' +
    `    HTTP/1.1 503 Service Unavailable\n    Retry-After: ${hintDate(now)}\n    relay: retry hint unreadable, waiting 30s\n\n` +
    'Both forms are allowed, so parseHint() should try seconds first and a date second. I have a test that fails today and will open a pull request tonight unless somebody is faster.\n\n' +
    '> Could it be the date form? The parser only accepts whole seconds today.\n'
  )
}

function reproductionHtml(now: number): string {
  const code = `HTTP/1.1 503 Service Unavailable\nRetry-After: ${hintDate(now)}\nrelay: retry hint unreadable, waiting 30s`
  return `<p>I can reproduce this on 2.4.1 as soon as the header carries a date instead of seconds. The branch falls through and we go back to the default of 30&nbsp;s:</p>
<pre style="background:#f6f8fa;border-radius:6px;padding:12px;font-size:13px"><code>${escapeHtml(code)}</code></pre>
<p>Both forms are allowed, so <code style="background:#f6f8fa;padding:2px 4px">parseHint()</code> should try seconds first and a date second. I have a test that fails today and will open a pull request tonight unless somebody is faster.</p>
<blockquote type="cite" style="border-left:3px solid #d0d7de;padding-left:12px;color:#57606a"><p>Could it be the date form? The parser only accepts whole seconds today.</p></blockquote>
<p style="font-size:12px;color:#57606a">Reply to this email directly, or <a href="https://forge.example/harbor/relay/issues/418">view the discussion on forge.example</a>.<img src="https://forge.example/beacon/418.gif" width="1" height="1" alt=""></p>`
}

function harbourWalk(moments: Moments): Conversation {
  const start = Date.parse(`${new Date(moments.weekday(4, 2)).toISOString().slice(0, 10)}T09:00:00Z`)
  const end = start + 90 * 60_000
  const { jonas, kari } = friends
  const text =
    `${dayName(start)}, 10:00 to 11:30, Pier 4. Bring a warm coat, we start outside.\n\n` +
    'Hello all,\n\nBefore we sit down with the plans I would like us to see the quay on foot. An hour and a half is plenty, and there is coffee in the crane house afterwards.\n\nJonas\n'
  const calendar = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Harbour Works//Planner//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `UID:harbour-walk-${stamp(start)}@harbourworks.example`,
    `DTSTAMP:${stamp(moments.ago(0, 6))}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(end)}`,
    'SUMMARY:Harbour walk and planning',
    'LOCATION:Pier 4',
    `ORGANIZER;CN=${jonas.name}:mailto:${jonas.email}`,
    ...[mara, kari, friends.priya].map(
      ({ name, email }) =>
        `ATTENDEE;CN=${name};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:\r\n mailto:${email}`,
    ),
    'SEQUENCE:0',
    'STATUS:CONFIRMED',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
  const letter: Letter = {
    from: jonas,
    to: [mara, kari, friends.priya],
    subject: 'Invitation: Harbour walk and planning',
    text,
    calendar,
  }
  return { key: 'harbour-walk', notes: [{ at: moments.ago(0, 6), place: 'inbox', write: () => letter }] }
}

/** A reply in HTML that quotes as one office program does: under a rule, with the header lines repeated. */
function timetable(moments: Moments): Conversation {
  const { priya } = friends
  const asked = moments.ago(6, 4)
  const question = 'Priya, does the crane still come in week 50? The surveyor asks because of the tide.\n\nMara\n'
  const html = `<html><head><style>p.MsoNormal{margin:0;font-size:11pt;font-family:Calibri,sans-serif}</style></head><body>
<p class="MsoNormal">Week 50 stands. The tide table says Wednesday, so I moved the delivery by one day; everything else is as in the plan below.</p><p class="MsoNormal">&nbsp;</p>
<table border="1" cellspacing="0" cellpadding="6" style="border-collapse:collapse"><tr style="background:#e8efec"><th align="left">What</th><th align="left">When</th><th align="right">Hours</th></tr>
<tr><td>Delivery of the sheet piles</td><td>Tuesday</td><td align="right">6</td></tr><tr><td>Crane on site</td><td>Wednesday</td><td align="right">9</td></tr><tr><td>Survey at low water</td><td>Wednesday 13:20</td><td align="right">2</td></tr></table>
<p class="MsoNormal">&nbsp;</p><p class="MsoNormal">Priya</p>
<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>From:</b> ${mara.name} &lt;${mara.email}&gt;<br><b>To:</b> ${priya.name}<br><b>Subject:</b> Crane in week 50</p></div>
<p class="MsoNormal">Priya, does the crane still come in week 50? The surveyor asks because of the tide.</p><p class="MsoNormal">Mara</p></body></html>`
  return {
    key: 'crane-50',
    notes: [
      {
        at: asked,
        place: 'sent',
        write: () => ({ from: mara, to: [priya], subject: 'Crane in week 50', text: question }),
      },
      {
        at: moments.ago(6, 1, 30),
        place: 'inbox',
        isFlagged: true,
        write: () => ({ from: priya, to: [mara], subject: 'RE: Crane in week 50', html }),
      },
    ],
  }
}
