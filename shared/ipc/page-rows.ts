/** Rows of one page of the list, and the most one question brings; a longer list is asked for by offset. */
export const requestPageRows = 100;
