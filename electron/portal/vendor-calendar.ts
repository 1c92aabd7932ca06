import type { OpeningCalendar } from '../../shared/domain/opening-calendar.ts';
import { portalKinds, type Realm } from '../../shared/domain/portal-kind.ts';
import type { HolidayOn } from '../../shared/calendar/holiday.ts';
import type { PortalCalendar } from '../../shared/rules/portal-hours.ts';

export type VendorCalendar = {
  /** Null before `load` for the vendor's own portal: nothing is concluded from half a calendar. */
  readonly of: (realm: Realm) => PortalCalendar;
  /** Reads the table of national holidays; it is large and no start waits for it. */
  readonly load: () => Promise<void>;
};

/**
 * The calendar a portal keeps: opening hours and national holidays for the vendor's own. Behind the practice portal stands a pretend
 * operator who is there at every hour, so that somebody can practise in the evening; every screen is told the same. Holidays are
 * worked out once for each pack.
 */
export function vendorCalendar(pack: () => OpeningCalendar): VendorCalendar {
  let holidaysOf: ((hours: OpeningCalendar) => HolidayOn) | null = null;
  let known: { readonly hours: OpeningCalendar; readonly holidayOn: HolidayOn } | null = null;
  return {
    of: (realm) => {
      const hours = pack();
      if (!portalKinds[realm].keepsHours) return { alwaysIn: hours.zone };
      if (holidaysOf === null) return null;
      if (known?.hours !== hours) known = { hours, holidayOn: holidaysOf(hours) };
      return known;
    },
    load: async () => {
      holidaysOf ??= (await import('../../shared/calendar/national-holidays.ts')).nationalHolidays;
    },
  };
}
