/** Who writes in the demo mailbox. All domains are reserved ones (RFC 2606). */
import type { Person } from './letter.ts'

const person = (name: string, email: string): Person => ({ name, email })

export const mara = person('Mara Lindqvist', 'mara@lindqvist.example')
export const tomas = person('Tomas Lindqvist', 'tomas@lindqvist.example')
export const lena = person('Lena Lindqvist', 'lena@ekhult.example')

/** Friends and colleagues who write in English. */
export const friends = {
  kari: person('Kari Vik', 'kari@vik.example'),
  rasmus: person('Rasmus Ahlgren', 'rasmus@boatyard.example'),
  jonas: person('Jonas Okafor', 'jonas.okafor@harbourworks.example'),
  priya: person('Priya Raman', 'priya@harbourworks.example'),
  owen: person('Owen Hughes', 'owen.hughes@llanfair.example'),
  beatriz: person('Beatriz Moura', 'beatriz@atlantic-lines.example'),
  dorothy: person('Dorothy “Dot” Farrow', 'dot@farrow.example'),
} as const

/** The developers of harbor, whose list Mara reads. */
export const developers = {
  ilya: person('Ilya Marchetti', 'ilya@forge.example'),
  nadia: person('Nadia Ruiz', 'nadia.ruiz@forge.example'),
  sam: person('Sam Whitlock', 'sam@whitlock.example'),
  weronika: person('Weronika Zając', 'wz@kod.example'),
  tarek: person('Tarek Aziz', 'tarek@relay.example'),
} as const

/** People who write in other languages and scripts. */
export const world = {
  misaki: person('佐藤 美咲', 'misaki.sato@minato.example'),
  layla: person('ليلى حداد', 'layla@haddad.example'),
  dimitri: person('Дмитрий Орлов', 'orlov@neva.example'),
  eleni: person('Ελένη Παπαδάκη', 'eleni@aegean.example'),
  noa: person('נועה ברק', 'noa@barak.example'),
  wang: person('王小明', 'wang.xiaoming@pinghu.example'),
  jiwoo: person('김지우', 'jiwoo.kim@hanok.example'),
  brun: person('Atelier Brun', 'contact@atelier-brun.example'),
  pieter: person('Pieter de Wit', 'pieter@dewit.example'),
  ines: person('Inés Carrasco', 'ines@carrasco.example'),
  zeynep: person('Zeynep Yılmaz', 'zeynep@yilmaz.example'),
  ananya: person('अनन्या शर्मा', 'ananya@sharma.example'),
} as const

/** Machines: they send receipts, bills and notices. */
export const services = {
  nordlicht: person('Nordlicht Energie', 'rechnung@nordlicht.example'),
  bakery: person('Bakkerij Zoet', 'orders@bakkerijzoet.example'),
  library: person('Stadtbibliothek', 'konto@stadtbibliothek.example'),
  rail: person('Halden Rail', 'tickets@haldenrail.example'),
  tools: person('Tool library', 'hello@toollibrary.example'),
  parcels: person('Parcel Post', 'status@parcelpost.example'),
  bank: person('Kustbanken', 'no-reply@kustbanken.example'),
  books: person('Three Lamps Books', 'orders@threelamps.example'),
  insurer: person('Trygg & Havn Insurance', 'claims@trygghavn.example'),
  forge: person('forge', 'notifications@forge.example'),
  dentist: person('Dr. Holm, dentist', 'reception@holm-dental.example'),
  council: person('Parents’ council 4b', 'council@school4b.example'),
} as const

/** Newsletters; each has an address of its own at Mara's catch-all domain. */
export const letters = {
  slow: person('The Slow Letter', 'letter@slowletter.example'),
  dusk: person('Dusk Radio', 'tonight@duskradio.example'),
  market: person('Saturday Market', 'hello@saturdaymarket.example'),
  north: person('North Sea Review', 'editors@northsea.example'),
  cycle: person('Spoke & Chain', 'workshop@spokechain.example'),
} as const

export const rowing = {
  coach: person('Signe Lund', 'signe@rowing.example'),
  cox: person('Mads Brandt', 'mads@rowing.example'),
  club: person('Rowing club', 'club@rowing.example'),
} as const
