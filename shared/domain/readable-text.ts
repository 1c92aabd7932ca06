/** Format signs that are drawn: the number signs of Arabic, Syriac and Kaithi. */
const drawn = '[\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u{110BD}\\u{110CD}]';
const tag = '[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]';
/** What holds a drawn sign together: parts of an emoji, a flag of a region, a choice among shapes of one sign, letters of scripts that join. */
const holding = [
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]\\uFE0F?)\\u200D(?=\\p{Extended_Pictographic})',
  '(?<=\\p{Extended_Pictographic})[\\uFE0E\\uFE0F]',
  '(?<=[0-9#*])\\uFE0F(?=\\u20E3)',
  `(?<=\\u{1F3F4}${tag}{0,5})${tag}(?=${tag}{0,5}\\u{E007F})`,
  `(?<=\\u{1F3F4}${tag}{1,6})\\u{E007F}`,
  '(?<=\\p{Script=Han})[\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}]',
  '(?<=[\\u1820-\\u18AA])[\\u180B-\\u180F]',
  '(?<=[\\u0620-\\u0DFF])[\\u200C\\u200D]',
  '\\u115F(?=[\\u1161-\\u11A7])',
  '(?<=[\\u1100-\\u115E])\\u1160',
];
const lineBreak = '\\u0085';
const hidden = '(?:[\\p{Default_Ignorable_Code_Point}\\p{Cf}\\uFFFC]|(?!\\s)\\p{Cc})';
/** What goes, found as such: putting back what stays costs more than looking at it. */
const unreadable = new RegExp(`(?=${hidden})(?!${[...holding, drawn, lineBreak].join('|')})${hidden}`, 'gu');

/**
 * Words of a person without marks that are not drawn, or that draw the words around them backwards. Ends of lines stay, and so does what
 * holds an emoji or letters of a joining script together; a text without such marks is the same byte for byte.
 */
export function readableText(text: string): string {
  return text.replace(unreadable, '');
}
