/* options.c: options structs that grow. */
#include "base/options.h"

#include "base/error.h"

#include <string.h>

tsl_status tsl__options_take(const char *what, void *full, size_t full_size, const void *given, tsl_error *err)
{
    if (!given) {
        return TSL_OK;
    }
    size_t size;
    memcpy(&size, given, sizeof size);
    if (size < sizeof size) {
        return tsl__error_set(err, TSL_E_OPTION, "%s options: size is %zu: start from tsl_%s_defaults", what, size,
                              what);
    }
    if (size > full_size) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "%s options: %zu bytes, but this library knows %zu: the program was compiled for a newer "
                              "one, or did not start from tsl_%s_defaults",
                              what, size, full_size, what);
    }
    memcpy(full, given, size);
    memcpy(full, &full_size, sizeof full_size);
    return TSL_OK;
}

void tsl__options_give(void *out, size_t size, const void *full, size_t full_size)
{
    memset(out, 0, size);
    memcpy(out, full, size < full_size ? size : full_size);
    if (size >= sizeof size) {
        memcpy(out, &size, sizeof size);
    }
}

tsl_status tsl__options_check_list(const void *list, size_t count, const char *what, tsl_error *err)
{
    return list || !count ? TSL_OK
                          : tsl__error_set(err, TSL_E_OPTION, "%s: %zu are announced, but none is there", what, count);
}

tsl_status tsl__options_check_texts(const char *const *text, size_t count, const char *what, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__options_check_list(text, count, what, err));
    for (size_t i = 0; i < count; i++) {
        if (!text[i]) {
            return tsl__error_set(err, TSL_E_OPTION, "%s: text %zu of %zu is not there", what, i + 1, count);
        }
    }
done:
    return status;
}

tsl_status tsl__options_check_ranges(const void *opt, const tsl_option_range *range, size_t count, tsl_error *err)
{
    for (size_t i = 0; i < count; i++) {
        const tsl_option_range *r = &range[i];
        double value;
        if (r->type == 'i') {
            int whole;
            memcpy(&whole, (const char *)opt + r->offset, sizeof whole);
            value = whole;
        } else {
            memcpy(&value, (const char *)opt + r->offset, sizeof value);
        }
        int inside = value >= r->low && value <= r->high && !(r->above && value == r->low); /* NaN is not */
        if (!inside && !(r->unset && value == 0)) {
            return tsl__error_set(err, TSL_E_OPTION, "%s: %.10g is outside %s%.10g to %.10g%s", r->name, value,
                                  r->above ? "above " : "", r->low, r->high, r->unset ? " (0: not given)" : "");
        }
    }
    return TSL_OK;
}
