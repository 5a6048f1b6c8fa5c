/** Whether a text is of a form in which `*` stands for any characters and `?` for one. */
export function isLike(text: string, form: string): boolean {
  const pattern = form
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`, 's').test(text);
}
