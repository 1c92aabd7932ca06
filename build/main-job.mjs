// The main job as a technician does it, by role and label: from the first start on the samples to the signed receipt of a remote session.
// `npm start -- --demo` walks it for people, the packaged walk (build/ship/walk.mjs) in what people are given.

/** Walks it in `page`, handing each step to `walk(name, work)`, which runs it; resolves with the ticket's number. */
export async function walkMainJob(page, walk) {
  let number = '';
  const button = (name, options = {}) => page.getByRole('button', { name, exact: true, ...options });
  const section = async (name) => {
    const head = page.getByRole('heading', { level: 2, name, exact: true }).getByRole('button');
    if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
  };
  const value = (label) => page.getByLabel(label, { exact: true }).inputValue();
  const words = async (locator) => (await locator.first().innerText()).replaceAll(/\s+/g, ' ').trim();

  await walk('first start', async () => {
    await button('English').click();
    await page.getByLabel('Customer code', { exact: true }).fill('ALI-20417');
    await page.getByLabel('Company').fill('Officina Rossi');
    await page.getByLabel('E-mail tied to the customer code').fill('mario@rossi.example');
    await page.getByLabel('Language of the requests').selectOption({ label: 'English' });
    await button('Continue').click();
    await button('Yes, that is right').click();
    await button('Load samples').click();
    // Where requests go is asked of everybody; the practice portal stands chosen.
    await button('Start').click();
    return `${await words(page.getByRole('heading', { level: 1 }))}; ${await words(page.getByRole('status').filter({ hasText: 'Practice portal' }).or(page.getByText('Practice portal: nothing you send reaches the vendor.')))}`;
  });
  await walk('LOG files found on disk', async () => {
    const found = page.getByRole('region', { name: 'Found on this PC' }).getByRole('listitem');
    await found.first().waitFor();
    return (await Promise.all((await found.all()).map((item) => words(item)))).join(' | ');
  });
  await walk('evidence taken, draft filled from the LOG', async () => {
    await page
      .getByRole('region', { name: 'Found on this PC' })
      .getByRole('listitem')
      .filter({ hasText: 'ktag_read_sample.log' })
      .getByRole('button')
      .click();
    await page.getByRole('heading', { level: 2, name: 'Problem', exact: true }).waitFor();
    await section('Problem');
    const error = await value('Error text');
    await section('Vehicle and ECU');
    return `error "${error}", ECU ${await value('ECU family')}, HW ${await value('HW number')}, VIN ${await value('VIN')}, each marked with the file it was read from`;
  });
  await walk('what only the technician knows', async () => {
    await section('Problem');
    await page
      .getByLabel('What happened', { exact: true })
      .fill('Reading on the bench stops at 38 % every time, then a checksum error');
    await section('Steps');
    await button('Started the read').click();
    await button('Add something tried').click();
    await page
      .getByRole('textbox', { name: /Step 2/u })
      .fill('Repeated with another power supply, same point');
    await section('Guides consulted');
    await page
      .getByRole('button', { name: /^Already consulted: /u })
      .first()
      .click();
    await page.getByRole('status').filter({ hasText: 'saved' }).first().waitFor();
    return 'problem, steps and guides written; every keystroke saved, no Save button';
  });
  await walk(
    "checks by the vendor's list",
    async () => `complete: ${await words(page.getByText(/^\d+ of \d+$/u))}`,
  );
  await walk('review and terms', async () => {
    await button('Review and send').last().click();
    await page.getByRole('heading', { level: 1, name: 'Review and send' }).waitFor();
    const accept = button('I have read the terms and accept them');
    if (await accept.isVisible()) await accept.click();
    const accepted = await words(page.getByText(/^Accepted/u));
    await page.getByRole('checkbox', { name: 'I have checked it: the details are correct' }).check();
    return `${accepted}; ${await words(page.getByText(/^\d+ files? · /u))} with their SHA-256`;
  });
  await walk('sent, and the number from the portal', async () => {
    await page.getByRole('button', { name: /^(Send now|Queue)$/u }).click();
    await button('Copy the number').waitFor({ timeout: 60_000 });
    number = await page.evaluate(
      async () =>
        (await window.officina.requests({ filter: 'all', text: '', offset: 0 })).value.rows[0].number,
    );
    return `ticket ${number}, given by the practice portal over HTTP`;
  });
  await walk('files uploaded', async () => {
    await page.waitForFunction(async () => (await window.officina.outbox({})).value.length === 0, undefined, {
      timeout: 60_000,
    });
    return 'the outbox is empty: text and files are on the portal';
  });
  await walk('conversation synced back', async () => {
    const answer = page.getByText(/· Support ·/u);
    await answer.first().waitFor({ timeout: 60_000 });
    return words(page.getByRole('article', { name: /Support/u }));
  });
  await walk('reply', async () => {
    await page.getByRole('textbox', { name: /^Reply/u }).fill('13.4 V at rest, 11.6 V while reading');
    await page.getByRole('button', { name: /^(Send now|Queue)$/u }).click();
    await page.getByText('delivered').first().waitFor({ timeout: 60_000 });
    return 'written, queued, delivered';
  });
  await walk('remote session prepared, gate by gate', async () => {
    await page.getByText('asks for a remote session').first().waitFor({ timeout: 60_000 });
    await button('Prepare the session').first().click();
    await page.getByRole('heading', { level: 1, name: 'Remote session' }).waitFor();
    await page.getByText('I already have a backup').click();
    await page.getByLabel('What it contains').fill('The whole of drive C');
    await page.getByLabel('Where it is').fill('external drive');
    await page.getByLabel('Date of the backup').fill('2026-11-23');
    await page.getByLabel('Who made it').fill('Mario Rossi');
    await button('Declare this backup').click();
    await button('Continue').click();
    for (const box of await page.getByRole('checkbox', { name: 'Stays open: the case needs it' }).all())
      await box.check();
    await button('All set').click();
    await button('Continue').click();
    await button('Check TeamViewer').click();
    await button('Continue').click();
    return (
      await Promise.all(
        (
          await page.getByRole('navigation', { name: 'Steps of the session' }).getByRole('button').all()
        ).map((item) => words(item)),
      )
    ).join(' | ');
  });
  await walk('consent given, TeamViewer stand-in started, codes told in private', async () => {
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page.getByLabel('Full name of the person who allows it').fill('Mario Rossi');
    await button('Allow and continue').click();
    await button('Continue').click();
    await button('Start TeamViewer').click();
    const shown = /id (\d+), password (\S+)/u.exec(
      await words(page.getByText(/^The simulated TeamViewer shows/u)),
    );
    await page.getByLabel('TeamViewer id').fill(shown[1]);
    await page.getByLabel('TeamViewer password').fill(shown[2]);
    await page.getByRole('button', { name: /^Send to/u }).click();
    await page.getByText(/^Codes handed to/u).waitFor();
    await page.getByText('somebody is connected').first().waitFor({ timeout: 60_000 });
    return words(page.getByText(/^Codes handed to/u));
  });
  await walk('session ended and proved, receipt signed', async () => {
    await button('End the session').click();
    await page.getByRole('heading', { name: 'Session over' }).waitFor({ timeout: 60_000 });
    await page.getByText(/^Signed with this PC/u).waitFor({ timeout: 60_000 });
    return `${await words(page.getByText(/^Ended by you/u))} ${await words(page.getByText(/^Signed with this PC/u))}`;
  });
  return number;
}
