import { test } from '@playwright/test';

/** A test of what only Linux can do (small disks, permissions, `/proc`); its title says `[linux]`, and Windows skips it by name. */
export const onLinux = process.platform === 'win32' ? test.skip : test;
