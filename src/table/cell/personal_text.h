/* personal_text.h: texts that name or reach a person, whatever their column is called. */
#ifndef TSL_TABLE_CELL_PERSONAL_TEXT_H
#define TSL_TABLE_CELL_PERSONAL_TEXT_H

#include "table/cell/span.h"

typedef enum tsl__personal {
    TSL__PERSONAL_NONE,
    TSL__PERSONAL_MAIL,    /* an address of e-mail */
    TSL__PERSONAL_PHONE,   /* +86 138 0013 8000, 13800138000, (212) 555-0123 */
    TSL__PERSONAL_CITIZEN, /* a Chinese identity number (GB 11643), whose last digit checks the others */
    TSL__PERSONAL_ACCOUNT, /* an IBAN (ISO 13616), which has two digits that check the others */
    TSL__PERSONALS
} tsl__personal;

tsl__personal tsl__personal_find(tsl__span text);
/* "e-mail addresses" */
const char *tsl__personal_get_name(tsl__personal kind);

#endif
