/** What machines write: notices, receipts, and the unwanted. */
import type { Person } from '../letter.ts'
import { services } from '../people.ts'

export interface Notice {
  readonly from: Person
  /** Local part at Mara's catch-all domain; her own address when left out. */
  readonly alias?: string
  readonly subjects: readonly string[]
  readonly lines: readonly string[]
}

export const notices: readonly Notice[] = [
  {
    from: services.parcels,
    alias: 'parcels',
    subjects: ['Your parcel is on its way', 'Delivered: {n}-4420', 'We missed you today'],
    lines: [
      'Your parcel {n}-4420 will arrive on {day} before {time}.',
      'We left it with your neighbour at number {n}.',
      'You can fetch it at the kiosk from tomorrow. Bring this number, and patience on Saturdays.',
    ],
  },
  {
    from: services.bank,
    subjects: ['Your statement is ready', 'New sign-in to your account', 'Card payment of {n},00 €'],
    lines: [
      'Your statement for this month is in your mailbox at the bank.',
      'There was a new sign-in at {time}. If it was you, there is nothing to do. If not, ring us; the number is on your card.',
      'A payment of {n},00 € was made with your card.',
    ],
  },
  {
    from: services.library,
    subjects: ['Your reservation is here', 'Renewed until {day}'],
    lines: [
      'The book you reserved is on the shelf by the entrance, under the letter L, for {n} days.',
      'We have renewed everything that nobody else is waiting for.',
    ],
  },
  {
    from: services.dentist,
    subjects: ['Appointment on {day}', 'It has been half a year'],
    lines: [
      'This is to remind you of your appointment on {day} at {time}.',
      'It has been half a year. We keep a place for you, and the radio station you like.',
    ],
  },
  {
    from: services.forge,
    subjects: [
      '[harbor/relay] Run failed: main',
      '[harbor/docs] New release 1.{n}',
      '[harbor/relay] You were mentioned in #{n}',
    ],
    lines: [
      'The run failed after {n} s in the step "spool reader".',
      'A new release is out. It has {n} changes and one that you asked for.',
      'Weronika mentioned you: “@mara may know, she wrote the first version”.',
    ],
  },
  {
    from: services.tools,
    alias: 'tools',
    subjects: ['Reserved: the long ladder', 'Thank you for the saw'],
    lines: [
      'The ladder is yours from {day}, {time}. It lies behind the shed.',
      'The saw is back, and it is sharper than before. Thank you.',
    ],
  },
]

export const receipts: readonly {
  from: Person
  alias: string
  colour: string
  goods: readonly string[]
  foot: string
}[] = [
  {
    from: services.bakery,
    alias: 'bakery',
    colour: '#8a4b1f',
    goods: ['Rye loaf', 'Almond ring', 'Cardamom bun', 'Seeded crispbread', 'Sourdough starter'],
    foot: 'Bakkerij Zoet, Kade 14.',
  },
  {
    from: services.books,
    alias: 'books',
    colour: '#27496d',
    goods: [
      'A Field Guide to Piers',
      'Salt and Timber',
      'The Winter Kitchen',
      'Letters from a Lock Keeper',
      'Atlas of Small Harbours',
    ],
    foot: 'Three Lamps Books. Returns within a month, also if you have read it.',
  },
  {
    from: services.rail,
    alias: 'train',
    colour: '#d6402b',
    goods: ['Adult, second class', 'Seat reservation', 'Bicycle', 'Night supplement'],
    foot: 'Halden Rail. Tickets are valid on the trains named above.',
  },
  {
    from: { name: 'Seed & Spade', email: 'shop@seedandspade.example' },
    alias: 'garden',
    colour: '#3f6b2a',
    goods: ['Broad bean, 100 g', 'Leek “Blue Solaise”', 'Garlic bulbs', 'Jute twine', 'Copper labels'],
    foot: 'Seed & Spade. We send seeds from February to November.',
  },
]

export const spam: readonly Notice[] = [
  {
    from: { name: 'Customer Care', email: 'care@winner-desk.example' },
    subjects: ['You have been selected {n}', 'FINAL notice: claim your voucher', 'Re: your prize'],
    lines: [
      'Dear valued user, you are one of {n} people chosen today. Click the button before {time} or the voucher goes to somebody else.',
    ],
  },
  {
    from: { name: 'Mailbox Administrator', email: 'admin@mail-quota.example' },
    subjects: ['Your mailbox is 9{n}% full', 'Password expires today'],
    lines: ['Your mailbox will be closed on {day}. Confirm your password at the link below to keep your messages.'],
  },
  {
    from: { name: 'Dr. B. Goldman', email: 'goldman@transfer.example' },
    subjects: ['Confidential business proposal', 'Inheritance of {n} million'],
    lines: [
      'I am the lawyer of a late client who shares your name. With your help {n} million can be moved on {day}. Trust is everything.',
    ],
  },
  {
    from: { name: 'Cheap Watches', email: 'deals@watch-outlet.example' },
    subjects: ['-{n}% only until {time}', 'Luxury for everyone'],
    lines: ['Our replicas are so good that even we cannot tell. Free shipping until {day}.'],
  },
  {
    from: { name: '发票服务', email: 'fapiao@daikai.example' },
    subjects: ['代开发票 {n}', '优惠通知'],
    lines: ['本公司可代开各类发票,欢迎来电咨询。'],
  },
]

/** Heading and text of newsletter items. */
export const newsletterItems: readonly (readonly [string, string])[] = [
  [
    'What the harbour sounds like at four',
    'We put a microphone under the pier and left it there for a night. It turns out that ropes talk, and that they mostly complain.',
  ],
  [
    'A kitchen on eleven square metres',
    'Everything has two uses, and the table has three. The owner says that she has not looked for a spoon since March.',
  ],
  [
    'The long way round',
    'There is a path along the old railway that nobody walks, because the map ends there. We went, and it does not.',
  ],
  [
    'Five soups for five cold days',
    'One of them is barley, one is orange, and one takes an afternoon in which you may read.',
  ],
  [
    'Repair instead of replace',
    'A kettle, a zip, a chair that wobbles: three short lessons, and a list of people who do the rest.',
  ],
  [
    'An interview with a bell founder',
    '“You hear a mistake for four hundred years,” she says, “so you take your time.”',
  ],
  [
    'New at the market',
    'Quinces, celeriac, the first citrus from the south, and a cheese whose name we are not allowed to print.',
  ],
  [
    'Letters to the editor',
    'A reader from the islands corrects our tide table. He is right, and we have sent him a tin of biscuits.',
  ],
]
