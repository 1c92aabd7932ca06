/** How large the pages may be drawn, in percent. */
export const zoomSteps = [80, 90, 100, 110, 125, 150, 175, 200] as const;
export type Zoom = (typeof zoomSteps)[number];
