/** What people write about. `{n}` is a number, `{day}` a weekday, `{time}` a time of day; each letter picks its own. */
import type { Person } from '../letter.ts'
import { friends, lena, tomas, world } from '../people.ts'

export interface Topic {
  readonly people: readonly Person[]
  readonly subjects: readonly string[]
  readonly hello: readonly string[]
  readonly lines: readonly string[]
  readonly replies: readonly string[]
  readonly bye: readonly string[]
}

const english = {
  hello: ['Hello Mara,', 'Dear Mara,', 'Hi Mara,', 'Mara,', 'Good morning,', 'Hi,'],
  bye: ['Until soon', 'All the best', 'Warm greetings', 'Thanks', 'See you {day}', 'Take care'],
  replies: [
    'That suits me. I will be there at {time} and bring the keys.',
    'Thank you for asking around. Let us decide on {day}, when everybody has seen it.',
    'I would rather wait a week. The price will not run away, and the weather might turn.',
    'Yes! And if it rains we simply do it in the kitchen.',
    'I have looked at it again: {n} is enough, we counted the small ones twice.',
    'Good. Then I will ring them tomorrow and tell you what they say.',
    'No objection from here. Could you send me the drawing once more? I cannot find it.',
    'Let us not make it larger than it is. Two hours, coffee included.',
    'I had forgotten, honestly. Thank you for the nudge; it is in the post now.',
    'That is kind of you. I owe you at least one dinner and a bottle of the good vinegar.',
  ],
}

/** Between friends and family. */
export const homeTopics: readonly Topic[] = [
  {
    ...english,
    people: [lena, tomas, friends.kari, friends.dorothy],
    subjects: [
      'Sunday lunch',
      'Who has the big pan?',
      'Photos from the island',
      'Your coat is still here',
      'Apples, {n} boxes of them',
    ],
    lines: [
      'We came home with {n} boxes of apples and no plan, which is how every good jam begins.',
      'The children have asked whether you are coming on {day}, and what you will bring. I said “herself”, and they were not convinced.',
      'I have put the pictures into the shared folder. The one with the heron is blurred, but it is the only one that proves he was there.',
      'Grandma says the clock in the hall has stopped again. It is right twice a day, which she finds sufficient.',
      'If you take the train at {time}, I can fetch you from the station on the way back from the market.',
    ],
  },
  {
    ...english,
    people: [friends.rasmus, friends.owen, tomas],
    subjects: [
      'The old dinghy',
      'Mast, varnish, patience',
      'Winter place for the boat',
      'A rope question',
      'Tide tables for {day}',
    ],
    lines: [
      'The keel bolts are better than I feared. {n} of them need a new washer and nothing else.',
      'I have sanded the mast down to the wood. It smells of resin and of work, and it will need three coats.',
      'There is a place free in the hall at the yard from {day}. It costs less than last year, because nobody wants the one beside the door.',
      'Bring the long fenders, please. The pier has lost two of its own in the storm.',
      'High water is at {time}, so we have to be through the lock an hour before.',
    ],
  },
  {
    ...english,
    people: [friends.beatriz, friends.owen, friends.dorothy],
    subjects: [
      'A book you will like',
      'Re-reading on the train',
      'The exhibition closes {day}',
      'Concert tickets',
      'What I am reading',
    ],
    lines: [
      'It is about a lighthouse keeper who learns to cook, and it has exactly {n} pages, none of which I would leave out.',
      'The exhibition closes on {day}. Go for the small drawings in the last room and ignore the film.',
      'I have two tickets and one friend with a cold, so the second ticket is yours if you can be there at {time}.',
      'You asked for something short. This is not short, but it is quick.',
    ],
  },
]

export const travelTopics: readonly Topic[] = [
  {
    ...english,
    people: [friends.beatriz, friends.kari, lena],
    subjects: [
      'Night train to the north',
      'Rooms in Porto',
      'Packing list for the fjord',
      'Ferry or bridge?',
      'The hut is booked',
    ],
    lines: [
      'The night train has couchettes left on {day}. I would take the lower ones, the upper are for people who do not own knees.',
      'The pension has {n} rooms, all of them over a bakery. You will wake up hungry, that is the only drawback.',
      'From the station it is a quarter of an hour on foot, uphill, with a view that pays for it.',
      'The hut has no electricity and a stove with opinions. Please bring matches and the red pot.',
      'The ferry leaves at {time} and does not wait, as we both know.',
    ],
  },
]

export const renovationTopics: readonly Topic[] = [
  {
    ...english,
    people: [
      { name: 'Henrik Dahl', email: 'henrik@dahl-joinery.example' },
      { name: 'Aline Brun', email: 'aline@atelier-brun.example' },
      tomas,
    ],
    subjects: [
      'Windows, north side',
      'Kitchen floor',
      'Offer for the staircase',
      'Lime plaster in the hall',
      'Delivery on {day}',
    ],
    lines: [
      'The frames on the north side are sound. {n} panes need new putty, the rest only paint.',
      'For the floor I would use the wide boards. They move in winter, and you will hear it, but they can be sanded for a hundred years.',
      'The plasterer can start on {day}. He needs the hall empty and nobody who asks questions before {time}.',
      'The offer includes taking the old stairs away. It does not include what we may find underneath.',
      'Please decide about the skirting boards before the weekend, because the mill cuts on Monday only.',
    ],
  },
]

export const insuranceTopics: readonly Topic[] = [
  {
    ...english,
    people: [{ name: 'Trygg & Havn Insurance', email: 'claims@trygghavn.example' }],
    subjects: [
      'Your claim 88-{n}',
      'Household policy: new terms',
      'Water damage, cellar',
      'Policy 4711-{n}, yearly statement',
    ],
    hello: ['Dear Ms Lindqvist,'],
    lines: [
      'We have received your letter and the {n} photographs. An assessor will call you on {day} after {time}.',
      'The cellar is covered up to the amount in section {n} of your policy. Please keep the damaged things until they have been looked at.',
      'There is nothing you need to do now. We write again as soon as the report is here.',
      'From January a new rate applies. You may end the contract within one month if you do not agree.',
    ],
    replies: ['Thank you for your message. We have added it to your claim.', 'The assessor confirms {day}, {time}.'],
    bye: ['Yours sincerely', 'With kind regards'],
  },
]

/** At work, at the harbour. */
export const workTopics: readonly Topic[] = [
  {
    ...english,
    people: [friends.jonas, friends.priya, friends.owen],
    subjects: [
      'Quay wall, section {n}',
      'Minutes of {day}',
      'Survey results',
      'Budget for the crane house',
      'Permit from the harbour office',
    ],
    lines: [
      'Section {n} is drier than the model says, which means that the model is wrong or the pump is better than we thought.',
      'The harbour office wants the drawings in two copies, one of them on paper. I have sent a cyclist.',
      'Please read page {n} before {day}. The rest is as it was.',
      'We have three offers for the crane house. The cheapest one forgot the roof.',
      'I have moved the meeting to {time}, because the tide does not negotiate.',
    ],
  },
]

export const worldTopics: readonly Topic[] = [
  {
    people: [world.pieter, { name: 'Marieke Bos', email: 'marieke@bos.example' }],
    subjects: ['Fietstocht langs de dijk', 'Verjaardag van Joost', 'De sleutel van de schuur'],
    hello: ['Hoi Mara,', 'Beste Mara,'],
    lines: [
      'We vertrekken {day} om {time} bij het gemaal. Neem brood mee, en een regenjas voor de terugweg.',
      'De sleutel ligt onder de derde bloempot, niet onder de tweede: daar woont een pad.',
      'Het wordt een klein feest met {n} gasten, taart en te veel kaarsjes.',
    ],
    replies: ['Prima, tot dan!', 'Ik neem de taart mee.'],
    bye: ['Groetjes', 'Tot gauw'],
  },
  {
    people: [world.ines, { name: 'Julián Ortega', email: 'julian@ortega.example' }],
    subjects: ['La casa de la abuela', '¿Vienes en Navidad?', 'Receta del arroz'],
    hello: ['Querida Mara:', '¡Hola, Mara!'],
    lines: [
      'La casa está igual que siempre, con {n} gatos más y una puerta menos.',
      'El tren llega a las {time}; te espero en el andén con un abrigo, porque aquí también hace frío.',
      '¿Te acuerdas del arroz? El secreto era el caldo, y no tener prisa.',
    ],
    replies: ['¡Claro que sí! Llevo turrón.', 'Te llamo mañana y lo hablamos.'],
    bye: ['Un abrazo', 'Besos'],
  },
  {
    people: [
      { name: 'Jürgen Müßig', email: 'juergen@muessig.example' },
      { name: 'Anke Schröder', email: 'anke@schroeder.example' },
    ],
    subjects: ['Grüße aus der Werkstatt', 'Die Säge ist geschärft', 'Größe der Fenster'],
    hello: ['Liebe Mara,', 'Hallo Mara,'],
    lines: [
      'die Säge ist geschärft und kann ab {time} abgeholt werden.',
      'ich habe {n} Scheiben zugeschnitten; zwei davon sind etwas größer geworden, das lässt sich schleifen.',
      'am Wochenende schließe ich früher, weil wir übers Watt laufen.',
    ],
    replies: ['Wunderbar, ich komme am Vormittag.', 'Danke dir, das eilt nicht.'],
    bye: ['Herzliche Grüße', 'Bis bald'],
  },
  {
    people: [
      { name: 'Åsa Björk', email: 'asa@bjork.example' },
      { name: 'Örjan Fält', email: 'orjan@falt.example' },
    ],
    subjects: ['Kräftskiva hos oss', 'Båten är upptagen', 'Höstlov i stugan'],
    hello: ['Hej Mara!', 'Kära Mara,'],
    lines: [
      'Vi blir {n} stycken runt bordet, så ta gärna med en stol.',
      'Båten är upptagen och tvättad; nu får vintern komma.',
      'Bussen går {time} från torget. Säg till om du hellre åker med oss.',
    ],
    replies: ['Vad roligt, vi kommer gärna!', 'Tack, jag tar med stolen.'],
    bye: ['Kram', 'Vi hörs'],
  },
  {
    people: [
      { name: 'Jean-Baptiste Aubry', email: 'jb@aubry.example' },
      { name: 'Éloïse Caron', email: 'eloise@caron.example' },
    ],
    subjects: ['Vos échantillons de tuiles', 'Dîner chez nous ?', 'Le marché de Noël'],
    hello: ['Chère Mara,', 'Bonjour Mara,'],
    lines: [
      'les échantillons sont arrivés : {n} nuances de rouge, dont une seule que je peux regarder sans lunettes.',
      'nous dînons à {time}, mais la soupe, elle, vous attendra.',
      'il paraît que le marché ouvre plus tôt cette année, à cause du pont.',
    ],
    replies: ['Avec grand plaisir !', 'Merci, je passerai les voir.'],
    bye: ['Bien à vous', 'À très bientôt'],
  },
  {
    people: [world.dimitri, world.eleni, world.noa],
    subjects: ['Новости с верфи', 'Καλοκαίρι στο νησί', 'תמונות מהחתונה'],
    hello: ['Мара, здравствуйте!', 'Αγαπητή Μάρα,', 'מרה יקרה,'],
    lines: [
      'Погода хорошая, работа идёт, чай горячий: жаловаться не на что.',
      'Η θάλασσα είναι ακόμη ζεστή και το σπίτι άδειο· ελάτε όποτε θέλετε.',
      'שלחתי לך קישור לאלבום. יש שם {n} תמונות, ובאחת מהן את רוקדת.',
    ],
    replies: ['Спасибо! Обнимаю.', 'Ευχαριστώ πολύ!', 'תודה רבה!'],
    bye: ['До встречи', 'Φιλιά', 'נשיקות'],
  },
  {
    people: [world.misaki, world.wang, world.jiwoo],
    subjects: ['資料をお送りします', '样品已寄出', '사진을 보내드립니다'],
    hello: ['いつもお世話になっております。', '您好!', '안녕하세요.'],
    lines: [
      'ご依頼の資料({n}ページ)を添付いたします。ご確認のほどよろしくお願いいたします。',
      '样品今天已经寄出,大约{n}天后到达,请注意查收。',
      '지난번 모임에서 찍은 사진 {n}장을 보내드립니다. 즐겁게 보세요.',
    ],
    replies: ['ありがとうございます。', '收到,谢谢!', '감사합니다!'],
    bye: ['よろしくお願いいたします', '祝好', '감사합니다'],
  },
]
