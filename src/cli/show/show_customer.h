/* show_customer.h: one customer, for people. */
#ifndef TSL_CLI_SHOW_SHOW_CUSTOMER_H
#define TSL_CLI_SHOW_SHOW_CUSTOMER_H

#include <tesela/base.h>

/* What tsl_customer_build made, on one screen. */
TSL_FALLIBLE tsl_status cli_show_customer(const char *json, const char *lang, tsl_error *err);

#endif
