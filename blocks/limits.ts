/**
 * Every number that Slack sets for Block Kit, and the smaller ones kept here so that an answer reads well.
 * All lengths are Unicode code points: that is what Slack counts.
 */

/** Slack's own limits, as in its reference for blocks, elements, composition objects and views. */
export const slack = {
  blocksPerMessage: 50,
  blocksPerView: 100,
  tablesPerMessage: 1,
  /** Undocumented: a third chart is refused. */
  chartsPerMessage: 2,
  chartTitle: 50,
  /** Names of series and categories. */
  chartName: 20,
  chartSeries: 6,
  chartPoints: 20,
  chartAxisLabel: 50,
  textObject: 3_000,
  header: 150,
  contextElements: 10,
  actionElements: 25,
  buttonText: 75,
  buttonValue: 2_000,
  accessibilityLabel: 75,
  actionId: 255,
  optionText: 75,
  optionDescription: 75,
  /** The reference says 150; the comment in @slack/types still says 75. */
  optionValue: 150,
  options: 100,
  placeholder: 150,
  tableRows: 100,
  tableColumns: 20,
  tableCharacters: 10_000,
  viewTitle: 24,
  viewButton: 24,
  privateMetadata: 3_000,
  inputLabel: 2_000,
  /** chat.update refuses a longer `text` with msg_too_long. */
  messageText: 4_000,
  /**
   * Undocumented: chat.postMessage answers msg_blocks_too_long somewhere above 11,000 to 13,000 characters over
   * all blocks (bolt-js issues 2509 and 2867).
   */
  messageTotal: 12_000,
} as const;

/** What this bot allows itself. */
export const own = {
  /** Over all strings of a message's blocks, with room left to the undocumented total. */
  messageTotal: 9_500,
  /** All log text of one `logs` answer; more goes into a file. */
  logsTotal: 9_000,
  /** Of it while it is followed: the end is what is looked at, every few seconds. */
  logsFollowed: 3_000,
  /** Lines of log and their length on the first screen. */
  logLines: 15,
  logLine: 240,
  tableRows: 8,
  cell: 120,
  revisions: 2,
  headline: 140,
  evidence: 500,
  name: 100,
  link: 120,
  links: 6,
  deployments: 3,
  says: 8,
  alsoSeen: 3,
  alsoSeenText: 180,
  ruledOut: 8,
  notChecked: 4,
  checkText: 100,
  events: 8,
  eventText: 180,
  waiting: 400,
  happenings: 24,
  happening: 220,
  chartLine: 400,
  insightsRows: 12,
  insightsRowsBesideChart: 5,
  insightsCell: 160,
  note: 200,
  notes: 5,
  expected: 4,
  expectedText: 100,
  menu: 12,
  choices: 10,
  suggestions: 5,
  doctorRows: 20,
  doctorText: 300,
  doctorActions: 12,
  fixText: 600,
  fixCode: 2_900,
  fixes: 8,
  /** AWS refuses signatures that are five minutes off; a tenth of that is worth a word. Milliseconds. */
  clockSkew: 30_000,
} as const;
