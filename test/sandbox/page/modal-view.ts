const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const option = (text: string, value: string) => ({ text: plain(text), value });

/** A modal with every kind of input that views use. */
export const MODAL = {
  id: 'V1',
  type: 'modal',
  title: plain('Diagnose a service'),
  submit: plain('Diagnose'),
  close: plain('Cancel'),
  blocks: [
    { type: 'section', block_id: 'intro', text: mrkdwn('Choose *what* to look at.') },
    {
      type: 'input',
      block_id: 'service',
      label: plain('Service'),
      hint: plain('A part of its name is enough'),
      element: { type: 'plain_text_input', action_id: 'name', placeholder: plain('api') },
    },
    {
      type: 'input',
      block_id: 'cluster',
      label: plain('Cluster'),
      element: {
        type: 'external_select',
        action_id: 'cluster',
        min_query_length: 1,
        placeholder: plain('Type to search'),
      },
    },
    {
      type: 'input',
      block_id: 'command',
      label: plain('Question'),
      element: {
        type: 'static_select',
        action_id: 'command',
        options: [option('Why do tasks stop', 'why-stopped'), option('Why are tasks pending', 'why-pending')],
      },
    },
    {
      type: 'input',
      block_id: 'where',
      label: plain('Environment'),
      element: {
        type: 'radio_buttons',
        action_id: 'env',
        options: [option('prod', 'prod'), option('staging', 'staging')],
      },
    },
    {
      type: 'input',
      block_id: 'extra',
      optional: true,
      label: plain('Options'),
      element: {
        type: 'checkboxes',
        action_id: 'extra',
        options: [option('Only I see the answer', 'private'), option('Include logs', 'logs')],
      },
    },
    {
      type: 'input',
      block_id: 'day',
      optional: true,
      label: plain('Day'),
      element: { type: 'datepicker', action_id: 'day' },
    },
    {
      type: 'input',
      block_id: 'time',
      optional: true,
      label: plain('Time'),
      element: { type: 'timepicker', action_id: 'time', initial_time: '14:00' },
    },
  ],
};
