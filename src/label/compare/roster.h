/* roster.h: making a roster. */
#ifndef TSL_LABEL_COMPARE_ROSTER_H
#define TSL_LABEL_COMPARE_ROSTER_H

#include <tesela/label.h>

/* One more group; a name that is NULL is the code. */
TSL_FALLIBLE tsl_status tsl__roster_add_group(tsl_roster_groups *groups, const char *code,
                                              const char *const names[TSL_LANGS], tsl_error *err);
/* Frees what they hold. */
void tsl__roster_close_groups(tsl_roster_groups *groups);

#endif
