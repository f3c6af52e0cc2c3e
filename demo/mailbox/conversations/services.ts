/** Bills, receipts, tickets and notices of the last days. */
import { makePdfOfSize } from '../files/pdf.ts'
import { barsPng, signPng } from '../files/pictures.ts'
import type { Conversation, Letter } from '../letter.ts'
import { dayName, dayOf, fullDay, monthOf, type Moments } from '../moments.ts'
import { mara, services } from '../people.ts'
import { receiptHtml } from '../templates/receipt.ts'

export function serviceConversations(moments: Moments): Conversation[] {
  return [
    one('nordlicht-bill', moments.ago(0, 3, 20), true, energyBill(moments)),
    one('bakery-20931', moments.ago(1, 7, 42), false, bakeryReceipt(moments)),
    one('library-due', moments.ago(2, 4, 10), true, libraryNotice(moments)),
    one('rail-voss', moments.ago(3, 2, 30), false, railTickets(moments)),
    one('tool-drill', moments.ago(4, 1, 5), true, toolReminder()),
  ]
}

function one(key: string, at: number, isUnread: boolean, letter: Letter): Conversation {
  return { key, notes: [{ at, place: 'inbox', isUnread, write: () => letter }] }
}

function energyBill(moments: Moments): Letter {
  const month = moments.month(-1)
  const due = dayOf(moments.weekday(1, 14), 'de-DE')
  const dueInFull = fullDay(moments.weekday(1, 14), 'de-DE')
  const rows: readonly (readonly [string, string, string])[] = [
    ['Arbeitspreis', '212 kWh × 31,8 ct', '67,42'],
    ['Grundpreis', '1 Monat', '11,90'],
    ['Messung', '1 Monat', '4,84'],
  ]
  const table = rows
    .map(([what, how, price]) => `<tr><td>${what}</td><td>${how}</td><td align="right">${price}&nbsp;€</td></tr>`)
    .join('')
  return {
    from: services.nordlicht,
    to: [{ name: mara.name, email: 'strom@lindqvist.example' }],
    subject: `Ihre Rechnung für ${monthOf(month, 'de-DE')}`,
    text:
      `Guten Tag Frau Lindqvist,\n\nIhre Rechnung liegt als PDF bei. Fällig am ${due}.\n\n` +
      `Der Betrag von 84,16 € wird am ${dueInFull} von Ihrem Konto eingezogen.\n\nMit freundlichen Grüßen\nNordlicht Energie\n`,
    html: `<table width="600" align="center" cellpadding="0" cellspacing="0" style="font-family:Arial,sans-serif;color:#1d3a4a"><tr><td bgcolor="#0f5c7a" style="padding:20px 24px;color:#ffffff;font-size:20px">Nordlicht Energie</td></tr>
<tr><td style="padding:24px"><p>Guten Tag Frau Lindqvist,</p><p>Ihre Rechnung liegt als PDF bei. Fällig am ${due}.</p>
<table width="100%" cellpadding="8" style="border-collapse:collapse;font-size:14px"><tbody>${table}<tr style="border-top:2px solid #0f5c7a"><td><b>Gesamt</b></td><td>inkl. 19&nbsp;% MwSt.</td><td align="right"><b>84,16&nbsp;€</b></td></tr></tbody></table>
<p><img src="cid:verbrauch@nordlicht.example" alt="Ihr Verbrauch der letzten zwölf Monate" width="360" height="120"></p><p>Ihr Verbrauch lag 6&nbsp;% unter dem des Vorjahresmonats.</p></td></tr></table>`,
    files: [
      { name: 'verbrauch.png', type: 'image/png', bytes: barsPng, cid: 'verbrauch@nordlicht.example' },
      {
        name: `Rechnung_${new Date(month).toISOString().slice(0, 7)}_20931.pdf`,
        type: 'application/pdf',
        bytes: () =>
          makePdfOfSize(
            'Rechnung 20931',
            rows.map((row) => row.join('   ').replace('×', 'x').replace('€', 'EUR')),
            98_304,
          ),
      },
    ],
  }
}

function bakeryReceipt(moments: Moments): Letter {
  const pickup = dayName(moments.ago(1))
  return {
    from: services.bakery,
    to: [mara],
    subject: 'Receipt for order 20931',
    text:
      'Thank you for your order. Two rye loaves and one almond ring, ready from 16:00.\n\n' +
      '2 x Rye loaf       9.80\n1 x Almond ring    7.50\nTotal             17.30 EUR\n\nBakkerij Zoet, Kade 14\n',
    html: receiptHtml({
      brand: 'Bakkerij Zoet',
      colour: '#8a4b1f',
      greeting: `Thank you for your order. Two rye loaves and one almond ring, ready from 16:00 on ${pickup}.`,
      lines: [
        ['2 × Rye loaf', '€ 9.80'],
        ['1 × Almond ring', '€ 7.50'],
      ],
      total: '€ 17.30',
      foot: 'Bakkerij Zoet, Kade 14. Closed on Mondays, like every bakery worth its salt.',
      logo: 'cid:sign@bakkerijzoet.example',
    }),
    files: [{ name: 'sign.png', type: 'image/png', bytes: signPng(138, 75, 31), cid: 'sign@bakkerijzoet.example' }],
  }
}

/** ISO 8859-1 and plain text, as municipal software sends it. */
function libraryNotice(moments: Moments): Letter {
  const until = dayOf(moments.weekday(4, 2), 'de-DE')
  return {
    from: services.library,
    to: [mara],
    subject: 'Zwei Medien sind in drei Tagen fällig',
    isLatin1: true,
    text:
      `Bitte verlängern Sie rechtzeitig oder geben Sie die Medien bis zum ${until} zurück.\n\n` +
      '  1  Kleine Geschichte der Fähren          Signatur Gk 217\n  2  Gemüse für kalte Böden                Signatur Ho 88\n\n' +
      'Verlängern: https://konto.stadtbibliothek.example/verlaengern\n\nDiese Nachricht wurde automatisch erstellt.\n',
  }
}

function railTickets(moments: Moments): Letter {
  const day = dayOf(moments.weekday(6, 4))
  return {
    from: services.rail,
    to: [{ name: mara.name, email: 'train@lindqvist.example' }],
    subject: `Your tickets: Bergen to Voss, ${day}`,
    text: 'Coach 3, seats 41 and 42, quiet zone. Show the code from this message on the train.\n\nBergen 09:12, Voss 10:26. Change of platform is announced on the screens.\n',
    html: `<div style="background:#10243a;padding:24px"><div style="max-width:520px;margin:0 auto;background:#ffffff;border-radius:12px;padding:24px;font-family:Verdana,sans-serif;color:#10243a">
<h2 style="margin:0 0 8px">Bergen to Voss</h2><p style="color:#5a6b7d">${day}, 09:12 to 10:26</p><p>Coach 3, seats 41 and 42, quiet zone. Show the code from this message on the train.</p>
<img src="https://img.haldenrail.example/code/41-42.png" width="180" height="180" alt="Ticket code"><p><a href="https://haldenrail.example/trip/8817" style="background:#d6402b;color:#ffffff;padding:10px 18px;border-radius:6px;text-decoration:none">Open the trip</a></p></div></div>`,
    files: [
      {
        name: 'Tickets.pdf',
        type: 'application/pdf',
        bytes: () => makePdfOfSize('Bergen to Voss', ['Coach 3, seats 41 and 42'], 42_000),
      },
    ],
  }
}

function toolReminder(): Letter {
  return {
    from: services.tools,
    to: [{ name: mara.name, email: 'tools@lindqvist.example' }],
    subject: 'The impact drill is due on Monday',
    html: `<p>You can bring it back to the shed until 19:00. Need it longer? One tap renews it.</p><p><a href="https://toollibrary.example/renew/impact-drill">Renew for a week</a></p><p style="color:#777;font-size:12px">You get this because a drill is at your house.</p>`,
  }
}
