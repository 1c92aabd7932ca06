/** Rows of one page of the list; a longer list is asked for by offset. */
export const requestPageRows = 100;
