/* options.h: options structs that grow: their first field is their size. */
#ifndef TSL_BASE_OPTIONS_H
#define TSL_BASE_OPTIONS_H

#include <stddef.h>
#include <tesela/base.h>

/* An entry of a table of ranges; low, high, and above or unset where they are wanted. */
#define TSL__RANGE(options, field, ...)                                                                                \
    {                                                                                                                  \
        .name = #field, .offset = offsetof(options, field),                                                            \
        .type = _Generic(((options *)0)->field, int                                                                    \
                         : 'i', double                                                                                 \
                         : 'd'),                                                                                       \
        __VA_ARGS__                                                                                                    \
    }

/* `full` holds the defaults, `full_size` bytes. What was given (NULL: nothing)
 * goes over them, as far as it reaches. TSL_E_OPTION, naming `what` ("kmeans"),
 * where its size was not set, or is that of a newer library. */
TSL_FALLIBLE tsl_status tsl__options_take(const char *what, void *full, size_t full_size, const void *given,
                                          tsl_error *err);
/* The other way: the first `size` bytes of the defaults into a caller's struct, size set. */
void tsl__options_give(void *out, size_t size, const void *full, size_t full_size);

/* TSL_E_OPTION where a list that an option points to is not there though its count says so, or lacks a text. */
TSL_FALLIBLE tsl_status tsl__options_check_list(const void *list, size_t count, const char *what, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__options_check_texts(const char *const *text, size_t count, const char *what,
                                                 tsl_error *err);

/* TSL_E_OPTION, with name, value and range, for the first field that is outside. */
TSL_FALLIBLE tsl_status tsl__options_check_ranges(const void *opt, const tsl_option_range *range, size_t count,
                                                  tsl_error *err);

#endif
