/** Letters in other languages and scripts, right-to-left ones too. */
import { coastJpeg, roofJpeg } from '../files/pictures.ts'
import { makePdfOfSize } from '../files/pdf.ts'
import type { Conversation, Letter, Place } from '../letter.ts'
import type { Moments } from '../moments.ts'
import { mara, world } from '../people.ts'
import { paragraphs } from '../quoting.ts'

export function scriptConversations(moments: Moments): Conversation[] {
  const { brun, misaki, layla, noa, dimitri, eleni, wang, jiwoo, zeynep, ananya } = world
  return [
    one('brun-visite', moments.ago(0, 3, 53), french(brun)),
    one('sato-meeting', moments.ago(0, 5, 25), japanese(misaki), true),
    one('layla-photos', moments.ago(0, 17, 34), arabic(layla)),
    one(
      'noa-recipe',
      moments.ago(6, 8),
      plain(
        noa,
        'המתכון של סבתא לעוגת שמרים',
        'מרה יקרה,\n\nמצאתי סוף סוף את המתכון במחברת הישנה. צריך 500 גרם קמח, 2 ביצים וקצת סבלנות: הבצק נח לילה שלם.\n\nתכתבי לי איך יצא!\nנועה',
      ),
    ),
    one(
      'orlov-bridge',
      moments.ago(8, 2),
      plain(
        dimitri,
        'Чертежи моста готовы',
        'Здравствуйте, Мара!\n\nЧертежи моста готовы, завтра отправлю их почтой. Проверьте, пожалуйста, размеры на третьем листе: мне кажется, что опора стоит слишком близко к берегу.\n\nС уважением,\nДмитрий Орлов',
      ),
    ),
    one(
      'eleni-ferry',
      moments.ago(9, 5),
      plain(
        eleni,
        'Το πλοίο για τη Νάξο',
        'Καλημέρα Μάρα,\n\nτο πλοίο φεύγει τελικά στις επτά και μισή. Σου κράτησα θέση στο κατάστρωμα, όπως σου αρέσει.\n\nΦιλιά,\nΕλένη',
      ),
    ),
    one(
      'wang-tea',
      moments.ago(11, 3),
      plain(
        wang,
        '关于春茶的订单',
        '马拉您好:\n\n今年的春茶已经采好了,数量比去年少一些,但香气更好。请告诉我您需要多少斤,我下周一寄出。\n\n祝好\n王小明',
      ),
    ),
    one(
      'jiwoo-visit',
      moments.ago(12, 6),
      plain(
        jiwoo,
        '다음 달 방문 일정',
        '마라 씨, 안녕하세요.\n\n다음 달 셋째 주에 방문하려고 합니다. 공방은 오전에만 열려 있으니 열 시에 만나면 어떨까요? 🙂\n\n김지우 드림',
      ),
    ),
    one(
      'zeynep-rug',
      moments.ago(15, 2),
      plain(
        zeynep,
        'Halı yola çıktı',
        'Merhaba Mara,\n\nhalı bugün yola çıktı. İstanbul’dan üç günde gelir; kapıda imza istiyorlar, evde biri olsun.\n\nSevgiler,\nZeynep',
      ),
    ),
    one(
      'ananya-diwali',
      moments.ago(17, 4),
      plain(
        ananya,
        'दीपावली की शुभकामनाएँ 🪔',
        'प्रिय मारा,\n\nआपको और आपके परिवार को दीपावली की हार्दिक शुभकामनाएँ। मिठाई का डिब्बा डाक से भेज दिया है।\n\nसस्नेह,\nअनन्या',
      ),
    ),
    one(
      'family-emoji',
      moments.ago(19, 1),
      plain(
        { name: 'Nils 🎸', email: 'nils@lindqvist.example' },
        '👩‍👩‍👧‍👦 photo day? 🏳️‍🌈',
        'Mum says Sunday. I say 🥞 first, 📷 after. Deal? 👍🏽',
      ),
    ),
  ]
}

function one(key: string, at: number, letter: Letter, isUnread = false, place: Place = 'inbox'): Conversation {
  return { key, notes: [{ at, place, isUnread, write: () => letter }] }
}

function plain(from: Letter['from'], subject: string, text: string): Letter {
  return { from, to: [mara], subject, text: `${text}\n` }
}

function french(from: Letter['from']): Letter {
  const text =
    'Bonjour,\n\nvous trouverez ci-joint le compte rendu et les trois photos de la charpente. L’échafaudage reste en place jusqu’à vendredi ; merci de ne rien stocker dessous.\n\n' +
    'Deux points à décider avant le prochain rendez-vous :\n\n— la pente du chéneau côté cour,\n— la couleur des tuiles (échantillons à l’atelier).\n\nBien cordialement,\nAtelier Brun\n'
  return {
    from,
    to: [mara],
    subject: 'Compte rendu de la visite du chantier',
    text,
    html: `<div style="font-family:Garamond,Georgia,serif;font-size:16px;line-height:1.5">${paragraphs(text)}</div>`,
    files: [
      {
        name: 'Compte rendu n° 7.pdf',
        type: 'application/pdf',
        bytes: () =>
          makePdfOfSize('Compte rendu de visite n° 7', ['Charpente : conforme', 'Chéneau : à revoir'], 74_000),
      },
      { name: 'charpente-1.jpg', type: 'image/jpeg', bytes: roofJpeg },
    ],
  }
}

function japanese(from: Letter['from']): Letter {
  return {
    from,
    to: [mara],
    subject: '来週の打ち合わせについて',
    text:
      'お世話になっております。来週木曜日の打ち合わせですが、午後三時からでいかがでしょうか。\n\n' +
      '会場は前回と同じ会議室を予約いたしました。資料は水曜日までにお送りします。\n\nどうぞよろしくお願いいたします。\n\n佐藤 美咲\n港区設計事務所\n',
  }
}

function arabic(from: Letter['from']): Letter {
  const text = [
    'مرحبا مارا،',
    'جمعت أجمل الصور من رحلتنا وأرسلها لك هنا مع خريطة المسار. الصورة الأولى من الشاطئ عند الغروب، هل تتذكرين الصياد الذي دعانا إلى الشاي؟',
    'الموعد القادم يوم 12 ديسمبر الساعة 10:30 أمام المحطة (Gate 4). خذي معك الكتاب!',
    'مع المودة،\nليلى',
  ].join('\n\n')
  return {
    from,
    to: [mara],
    subject: 'صور الرحلة إلى طرابلس',
    text: `${text}\n`,
    html: `<div dir="rtl" lang="ar" style="text-align:right;font-size:17px;line-height:1.8">${paragraphs(text)}<p><img src="cid:coast@haddad.example" width="480" height="336" alt="الشاطئ عند الغروب"></p></div>`,
    files: [
      { name: 'coast.jpg', type: 'image/jpeg', bytes: coastJpeg, cid: 'coast@haddad.example' },
      {
        name: 'خريطة المسار.pdf',
        type: 'application/pdf',
        bytes: () => makePdfOfSize('Tripoli route', ['Harbour, citadel, old market'], 52_000),
      },
      { name: 'غروب.jpg', type: 'image/jpeg', bytes: coastJpeg },
    ],
  }
}
