import type { OpeningCalendar } from '../../shared/domain/opening-calendar.ts';
import type { Realm } from '../../shared/domain/ticket.ts';
import { type HolidayOn, nationalHolidays, noHolidays } from '../../shared/rules/national-holidays.ts';
import type { PortalCalendar } from '../../shared/rules/portal-hours.ts';

/**
 * The calendar a portal keeps: opening hours and national holidays for the vendor's own; the practice portal works on every day, so
 * that somebody can practise on a holiday. Holidays are worked out once for each pack.
 */
export function vendorCalendar(pack: () => OpeningCalendar): (realm: Realm) => PortalCalendar {
  let known: { readonly hours: OpeningCalendar; readonly holidayOn: HolidayOn } | null = null;
  return (realm) => {
    const hours = pack();
    if (known?.hours !== hours) known = { hours, holidayOn: nationalHolidays(hours) };
    return realm === 'practice' ? { hours, holidayOn: noHolidays } : known;
  };
}
