function chunks(text: string, sizes: (index: number) => number): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length; at += parts.at(-1)?.length ?? 1)
    parts.push(text.slice(at, at + sizes(parts.length)));
  return parts;
}

/**
 * Groups in which a serial, VIN, ECU number or hash is read aloud; joined they are the text itself, so the gaps can be drawn by
 * style and a copy stays plain. Texts with signs of their own are left whole.
 */
export function identifierGroups(text: string): readonly string[] {
  if (!/^[0-9A-Za-z]{5,}$/u.test(text)) return [text];
  if (text.length === 17) return [text.slice(0, 3), text.slice(3, 9), text.slice(9)];
  if (text.length >= 32) return chunks(text, () => 8);
  if (/^\d+$/u.test(text))
    return chunks(text, (index) => (index === 0 && text.length % 3 !== 0 ? text.length % 3 : 3));
  return text.length % 3 === 0 ? chunks(text, () => 3) : [text];
}
