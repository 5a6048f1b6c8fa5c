/**
 * What Slack accepts at most. Where the documentation and the live validator differ, the smaller number
 * stands: a payload that passes here passes there.
 */
export const LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  /** Text of all blocks of one chat.* message; Slack documents no number and refuses at about this one. */
  messageText: 13_000,
  /** The smallest total that people report a refusal for. */
  messageTextReported: 11_000,
  markdownText: 12_000,
  text: 3000,
  sectionFields: 10,
  sectionField: 2000,
  header: 150,
  contextElements: 10,
  actionsElements: 25,
  contextActions: 5,
  id: 255,
  buttonText: 75,
  buttonValue: 2000,
  url: 3000,
  optionText: 75,
  optionValue: 150,
  options: 100,
  overflowOptions: 5,
  choiceOptions: 10,
  placeholder: 150,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  altText: 2000,
  imageTitle: 2000,
  inputLabel: 2000,
  inputText: 3000,
  tables: 1,
  tableRows: 100,
  tableColumns: 20,
  tableText: 10_000,
  dataTableRows: 101,
  charts: 2,
  chartTitle: 50,
  chartSeries: 6,
  chartPoints: 20,
  chartName: 20,
  chartAxisLabel: 50,
  cardTitle: 150,
  cardBody: 200,
  cardActions: 3,
  carouselCards: 10,
  containerBlocks: 10,
  alertText: 200,
  videoAlt: 200,
  videoAuthor: 50,
  iconButtonUsers: 10,
  viewTitle: 24,
  privateMetadata: 3000,
  viewBytes: 250_000,
  attachments: 100,
} as const;

/** Slack counts characters as Unicode code points, not UTF-16 units. */
export function codePoints(text: string): number {
  return [...text].length;
}
