/* asked.c: takes options over. */
#include "table/schema/asked.h"

#include "base/error.h"
#include "base/options.h"

void tsl_table_defaults(tsl_table_options *opt, size_t size)
{
    const tsl_table_options full = {.size = sizeof full, .header = -1, .as_of = TSL_NO_DAY, .max_rejects = 0.10};
    tsl__options_give(opt, size, &full, sizeof full);
}

tsl_status tsl__asked_open(const tsl_table_options *given, tsl_table_options *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_table_defaults(out, sizeof *out);
    TSL__TRY(tsl__options_take("table", out, sizeof *out, given, err));
    TSL__TRY(tsl__asked_check(out, err));
done:
    return status;
}

tsl_status tsl_table_check(const tsl_table_options *opt, tsl_error *err)
{
    tsl_table_options full;
    tsl__error_reset(err);
    return tsl__asked_open(opt, &full, err);
}
