import { nationalHolidays } from '../../shared/calendar/national-holidays.ts';
import type { OpeningCalendar } from '../../shared/domain/opening-calendar.ts';
import { portalKinds, type Realm } from '../../shared/domain/portal-kind.ts';
import type { OpeningHours, PortalCalendar } from '../../shared/rules/portal-hours.ts';

/**
 * The calendar a portal keeps: opening hours and national holidays for the vendor's own. Behind the practice portal stands a pretend
 * operator who is there at every hour, so that somebody can practise in the evening; every screen is told the same. Holidays are
 * worked out once for each pack.
 */
export function vendorCalendar(pack: () => OpeningCalendar): (realm: Realm) => PortalCalendar {
  let known: OpeningHours | null = null;
  return (realm) => {
    const hours = pack();
    if (!portalKinds[realm].keepsHours) return { alwaysIn: hours.zone };
    if (known?.hours !== hours) known = { hours, holidayOn: nationalHolidays(hours) };
    return known;
  };
}
