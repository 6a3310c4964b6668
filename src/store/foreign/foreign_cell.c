/* foreign_cell.c: what one value of a foreign table's column is, in the file and in memory. */
#include "store/foreign/foreign_cell.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/text.h"
#include "store/foreign/foreign.h"
#include "store/foreign/foreign_heap.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MICRO 1000000 /* of one second */

/* ---- Times ---- */

typedef struct time_unit {
    const char *name;
    int64_t per_second, seconds;
} time_unit;

/* The unit that is called so; 0: there is none. */
static int find_unit(const char *name, size_t length, tsl__foreign_column *out)
{
    static const time_unit known[] = {{"nanoseconds", 1000000000, 1},
                                      {"ns", 1000000000, 1},
                                      {"microseconds", 1000000, 1},
                                      {"us", 1000000, 1},
                                      {"milliseconds", 1000, 1},
                                      {"ms", 1000, 1},
                                      {"seconds", 1, 1},
                                      {"s", 1, 1},
                                      {"minutes", 1, 60},
                                      {"m", 1, 60},
                                      {"hours", 1, 3600},
                                      {"h", 1, 3600},
                                      {"days", 1, TSL__DAY_SECONDS},
                                      {"D", 1, TSL__DAY_SECONDS}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strlen(known[i].name) == length && memcmp(known[i].name, name, length) == 0) {
            out->per_second = known[i].per_second;
            out->seconds = known[i].seconds;
            return 1;
        }
    }
    return 0;
}

/* A number of up to four digits behind one of the marks; 0: there is none. */
static int read_part(const char **s, const char *marks, int *part)
{
    const char *at = *s + (*marks != '\0');
    if ((*marks && (!**s || !strchr(marks, **s))) || !tsl__is_digit(*at)) {
        return 0;
    }
    for (*part = 0; tsl__is_digit(*at) && *part < 1000; at++) {
        *part = 10 * *part + *at - '0';
    }
    *s = at;
    return 1;
}

/* "days since 2000-01-01 00:00:00": NetCDF's CF conventions, section 4.4; of time zones UTC alone. */
static int read_since(const char *units, tsl__foreign_column *out)
{
    static const char *const ends[] = {"", "Z", " UTC", "+00:00", ".0", ".000000", ".000000000"};
    const char *since = strstr(units, " since "), *s = since ? since + strlen(" since ") : "";
    int year, month, mday, hour = 0, minute = 0, second = 0, ended = 0;
    int32_t day;
    if (!since || !find_unit(units, (size_t)(since - units), out) || !read_part(&s, "", &year) ||
        !read_part(&s, "-", &month) || !read_part(&s, "-", &mday) || !tsl__day_find(year, month, mday, &day)) {
        return 0;
    }
    if (read_part(&s, " T", &hour) && read_part(&s, ":", &minute)) {
        read_part(&s, ":", &second);
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        ended |= strcmp(s, ends[i]) == 0;
    }
    out->origin = day * (int64_t)TSL__DAY_SECONDS + hour * 3600 + minute * 60 + second;
    return ended;
}

/* "datetime64[ns]", "<M8[ns]": NumPy's and pandas'; without a unit as pandas once wrote it. */
static int read_datetime(const char *name, tsl__foreign_column *out)
{
    static const char *const begins[] = {"datetime64[", "<M8["}, *const ends[] = {"]", ", UTC]"};
    out->origin = 0;
    if (strcmp(name, "datetime64") == 0) {
        return find_unit("ns", 2, out);
    }
    for (size_t b = 0; b < sizeof begins / sizeof *begins; b++) {
        const char *unit = strncmp(name, begins[b], strlen(begins[b])) == 0 ? name + strlen(begins[b]) : "";
        const size_t length = strcspn(unit, ",]");
        for (size_t e = 0; *unit && e < sizeof ends / sizeof *ends; e++) {
            if (strcmp(unit + length, ends[e]) == 0) {
                return find_unit(unit, length, out);
            }
        }
    }
    return 0;
}

static int is_there(const tsl__foreign_column *c, size_t row)
{
    return !c->valid || (c->valid[row / 8] >> row % 8 & 1);
}

/* Fractions of a day, an hour, a second as whole numbers; those that are whole already lose nothing in a short float.
 */
static int scale_floats(tsl__foreign_column *c, size_t rows)
{
    const double factor = c->seconds > 1 ? (double)c->seconds : (double)MICRO / (double)c->per_second;
    int failed = 0;
    for (size_t i = 0; i < rows; i++) {
        char *at = (char *)c->values + i * sizeof(double);
        double value;
        memcpy(&value, at, sizeof value);
        const double step = c->float_bytes < sizeof value ? ldexp(value, -FLT_MANT_DIG) : 0,
                     time = rint(value * factor);
        failed |= is_there(c, i) && isfinite(value) && value != trunc(value) &&
                  fabs(step) * (double)c->seconds > (double)c->per_second;
        const int64_t whole = isnan(value) ? INT64_MIN : fabs(time) < 0x1p63 ? (int64_t)time : INT64_MAX;
        memcpy(at, &whole, sizeof whole);
    }
    c->per_second = c->seconds > 1 ? 1 : MICRO;
    c->seconds = 1;
    c->float_bytes = 0;
    return failed ? -1 : 0;
}

int tsl__foreign_cell_scale(tsl__foreign_column *c, size_t rows)
{
    int64_t *time = c->values;
    if (c->float_bytes) {
        return scale_floats(c, rows);
    }
    for (size_t i = 0; c->kind == TSL__FOREIGN_TIME && c->seconds > 1 && i < rows; i++) {
        if (time[i] != INT64_MIN && __builtin_mul_overflow(time[i], c->seconds, &time[i])) {
            time[i] = INT64_MAX; /* no day of any calendar */
        }
    }
    c->seconds = 1;
    return 0;
}

/* ---- Types ---- */

/* NumPy's times, which HDF5 keeps without knowing what they are. */
static int is_opaque_time(hid_t type, tsl__foreign_column *out)
{
    char *tag = H5Tget_class(type) == H5T_OPAQUE && H5Tget_size(type) == sizeof(int64_t) ? H5Tget_tag(type) : NULL;
    const int is_time = tag && strncmp(tag, "NUMPY:", 6) == 0 && read_datetime(tag + 6, out);
    H5free_memory(tag);
    return is_time;
}

static hid_t open_number(hid_t type, tsl__foreign_column *out)
{
    hid_t memory = H5Tcopy(type);
    if (H5Tset_order(memory, H5T_ORDER_LE) < 0) {
        H5Tclose(memory);
        return -1;
    }
    out->width = H5Tget_size(memory);
    out->kind = H5Tget_class(type) == H5T_FLOAT     ? TSL__FOREIGN_FLOAT
                : H5Tget_sign(type) == H5T_SGN_NONE ? TSL__FOREIGN_UNSIGNED
                                                    : TSL__FOREIGN_SIGNED;
    return memory;
}

static hid_t open_time(hid_t memory, tsl__foreign_column *out)
{
    out->kind = TSL__FOREIGN_TIME;
    out->width = sizeof(int64_t);
    return H5Tcopy(memory);
}

hid_t tsl__foreign_cell_open(hid_t type, const char *units, tsl__foreign_column *out)
{
    const H5T_class_t class = H5Tget_class(type);
    if (tsl__foreign_is_number(type)) {
        const int is_time = read_since(units, out) || read_datetime(units, out);
        out->float_bytes = is_time && class == H5T_FLOAT ? H5Tget_size(type) : 0;
        return is_time ? open_time(out->float_bytes ? H5T_NATIVE_DOUBLE : H5T_NATIVE_INT64, out)
                       : open_number(type, out);
    }
    if (is_opaque_time(type, out)) {
        return open_time(type, out);
    }
    if (tsl__foreign_is_bool(type) || (class == H5T_BITFIELD && H5Tget_size(type) == 1)) {
        out->kind = TSL__FOREIGN_BOOL;
        out->width = 1;
        return H5Tcopy(type);
    }
    if (class == H5T_STRING) {
        const int any_length = H5Tis_variable_str(type) > 0;
        out->kind = any_length ? TSL__FOREIGN_TEXT : TSL__FOREIGN_CELLS;
        out->width = any_length ? sizeof(char *) : H5Tget_size(type);
        return H5Tcopy(type);
    }
    return -1;
}

size_t tsl__foreign_cell_stored(hid_t type)
{
    size_t size = H5Tget_size(type);
    const int fields = H5Tget_class(type) == H5T_COMPOUND ? H5Tget_nmembers(type) : 0;
    if (H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) > 0) {
        return TSL__REFERENCE_BYTES;
    }
    for (unsigned i = 0; i < (unsigned)fields; i++) {
        hid_t field = H5Tget_member_type(type, i);
        size += tsl__foreign_cell_stored(field) - H5Tget_size(field);
        H5Tclose(field);
    }
    return size;
}

/* ---- Bytes as they lie in the file ---- */

/* A conversion that converts nothing, from what HDF5 1.10 reads without looking where it is led to. */
static herr_t copy_bytes(hid_t from, hid_t to, H5T_cdata_t *state, size_t count, size_t stride, size_t back_stride,
                         void *bytes, void *back, hid_t transfer)
{
    (void)stride, (void)back_stride, (void)bytes, (void)back, (void)transfer, (void)count;
    if (state->command == H5T_CONV_INIT) {
        state->need_bkg = H5T_BKG_NO;
        return H5Tget_size(from) == H5Tget_size(to) ? 0 : -1;
    }
    return 0;
}

static hid_t open_bytes(size_t size)
{
    hid_t type = H5Tcreate(H5T_OPAQUE, size);
    H5Tset_tag(type, "bytes");
    return type;
}

/* HDF5 tells the kinds of types apart that are converted so by one of each. */
static int set_bytes(int on)
{
    hid_t text = H5Tcopy(H5T_C_S1), record = H5Tcreate(H5T_COMPOUND, 1), bytes = open_bytes(1);
    H5Tset_size(text, H5T_VARIABLE);
    const int failed = on ? H5Tregister(H5T_PERS_SOFT, "tesela", text, bytes, copy_bytes) < 0 ||
                                H5Tregister(H5T_PERS_SOFT, "tesela", record, bytes, copy_bytes) < 0
                          : H5Tunregister(H5T_PERS_SOFT, "tesela", -1, -1, copy_bytes) < 0;
    H5Tclose(text);
    H5Tclose(record);
    H5Tclose(bytes);
    return failed ? -1 : 0;
}

int tsl__foreign_bytes_read(hid_t object, size_t size, void *bytes)
{
    hid_t type = open_bytes(size);
    int failed = type < 0 || set_bytes(1) != 0;
    if (!failed) {
        failed = (H5Iget_type(object) == H5I_ATTR ? H5Aread(object, type, bytes)
                                                  : H5Dread(object, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes)) < 0;
    }
    set_bytes(0);
    H5Tclose(type);
    return failed ? -1 : 0;
}
