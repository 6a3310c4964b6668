/* given_names.c: names that somebody gives segments, in place of those found. */
#include "label/naming/naming.h"

#include "base/alloc.h"
#include "base/error.h"
#include "label/policy.h"

#include <stdlib.h>
#include <string.h>

/* ---- What can be told before there are segments ------------------------------------ */

/* One line that is not blank. */
static int is_line(const char *name)
{
    int blank = 1;
    for (; *name; name++) {
        if ((unsigned char)*name < ' ' || *name == 0x7F) {
            return 0;
        }
        blank = blank && *name == ' ';
    }
    return !blank;
}

static tsl_status check_name(const char *what, const tsl_segment_name *given, int lang, tsl_error *err)
{
    const char *name = given->names[lang];
    if (!name) {
        return TSL_OK;
    }
    if (tsl__utf8_check(name, strlen(name)) != strlen(name) || !is_line(name)) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: %s: a name is one line of text, not \"%s\"", what, given->segment,
                              name);
    }
    const size_t width = tsl__text_width(name);
    return width <= TSL__GIVEN_WIDTH
               ? TSL_OK
               : tsl__error_set(err, TSL_E_OPTION, "%s: %s: the name has %zu characters, more than %d", what,
                                given->segment, width, TSL__GIVEN_WIDTH);
}

tsl_status tsl__given_name_check(const char *what, const tsl_segment_name *given, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int lang = 0; lang < TSL_LANGS && status == TSL_OK; lang++) {
        status = check_name(what, given, lang, err);
    }
    return status;
}

tsl_status tsl__given_names_check(const tsl_label_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (opt->name_count && !opt->name) {
        return tsl__error_set(err, TSL_E_OPTION, "names: %zu are said to be there, but none is", opt->name_count);
    }
    for (size_t i = 0; i < opt->name_count; i++) {
        if (!opt->name[i].segment) {
            return tsl__error_set(err, TSL_E_OPTION, "names: name %zu is of no segment", i + 1);
        }
        TSL__TRY(tsl__given_name_check("names", &opt->name[i], err));
    }
done:
    return status;
}

/* ---- Into the policy ------------------------------------------------------------------- */

static tsl_status fail_unknown(const tsl_policy *policy, const char *segment, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const char **codes = NULL, *near;
    char *numbers = NULL;
    tsl__text list = {0};
    TSL__NEED(numbers = tsl__policy_list_numbers(policy));
    TSL__NEED(codes = tsl__alloc(policy->segment_count, sizeof *codes));
    for (size_t s = 0; s < policy->segment_count; s++) {
        codes[s] = policy->segment[s].code;
    }
    tsl__names_put(&list, codes, policy->segment_count);
    TSL__NEED(list.data);
    near = tsl_name_get_nearest(segment, codes, policy->segment_count);
    status =
        tsl__error_set(err, TSL_E_OPTION, "names: there is no segment \"%s\"%s%s%s; the segments are %s: %s", segment,
                       near ? " (did you mean \"" : "", near ? near : "", near ? "\"?)" : "", numbers, list.data);
done:
    free(numbers);
    tsl__text_free(&list);
    free(codes);
    return status;
}

/* Its index by code, else by number; segment_count: there is none. */
static size_t find_segment(const tsl_policy *policy, const char *segment)
{
    char *end = "";
    for (size_t s = 0; s < policy->segment_count; s++) {
        if (strcmp(policy->segment[s].code, segment) == 0) {
            return s;
        }
    }
    const unsigned long number = tsl__is_digit(*segment) ? strtoul(segment, &end, 10) : 0;
    size_t s = 0;
    while (s < policy->segment_count && (*end || (unsigned long)policy->segment[s].number != number)) {
        s++;
    }
    return s;
}

int tsl__given_names_have(const tsl_label_options *opt, const tsl_policy *policy, size_t s)
{
    int have = 0;
    for (size_t i = 0; i < opt->name_count && !have; i++) {
        have = find_segment(policy, opt->name[i].segment) == s;
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            have = have && opt->name[i].names[lang];
        }
    }
    return have;
}

static int is_same(const char *a, const char *b)
{
    while (*a && tsl__lower(*a) == tsl__lower(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

/* No other segment is called so. */
static tsl_status check_unique(const tsl_policy *policy, const char *given, size_t s, tsl_error *err)
{
    for (size_t other = 0; other < policy->segment_count; other++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            if (other != s && is_same(policy->segment[s].names[lang], policy->segment[other].names[lang])) {
                return tsl__error_set(err, TSL_E_OPTION, "names: %s: segments %s and %s would both be called \"%s\"",
                                      given, policy->segment[s].code, policy->segment[other].code,
                                      policy->segment[s].names[lang]);
            }
        }
    }
    return TSL_OK;
}

static tsl_status put_names(const tsl_segment_name *given, tsl_policy_segment *segment, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        char *name = NULL;
        if (given->names[lang]) {
            TSL__NEED(name = tsl__strdup(given->names[lang]));
            free(segment->names[lang]);
            segment->names[lang] = name;
        }
    }
done:
    return status;
}

tsl_status tsl__given_names_take(const tsl_label_options *opt, tsl_policy *policy, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const char **taken = NULL; /* what it is given by */
    TSL__NEED(taken = tsl__alloc_zero(policy->segment_count, sizeof *taken));
    for (size_t i = 0; i < opt->name_count; i++) {
        const tsl_segment_name *given = &opt->name[i];
        const size_t s = find_segment(policy, given->segment);
        if (s == policy->segment_count) {
            TSL__TRY(fail_unknown(policy, given->segment, err));
        }
        if (taken[s]) {
            TSL__TRY(tsl__error_set(err, TSL_E_OPTION, "names: segment %d (%s) is given twice",
                                    policy->segment[s].number, policy->segment[s].code));
        }
        taken[s] = given->segment;
        TSL__TRY(put_names(given, &policy->segment[s], err));
    }
    for (size_t s = policy->segment_count; s-- > 0;) { /* of two that are given, the second is told */
        TSL__TRY(taken[s] ? check_unique(policy, taken[s], s, err) : TSL_OK);
    }
done:
    free(taken);
    return status;
}
