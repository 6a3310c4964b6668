/* foreign_find.c: the groups of an HDF5 file, and which of them is a table. */
#include "store/foreign/foreign_find.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "store/foreign/foreign_cell.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MOST 16
#define OBJECTS_MOST 200000 /* that are looked at for tables */
#define SHOWN 8             /* tables that a message names */

/* ---- Links ---- */

static herr_t add_link(hid_t group, const char *name, const H5L_info_t *info, void *user)
{
    tsl__link_names *names = user;
    void *list = names->name;
    (void)group;
    if (info->type != H5L_TYPE_HARD) {
        return 0;
    }
    if (tsl__reserve(&list, &names->capacity, names->count + 1, sizeof *names->name)) {
        return -1;
    }
    names->name = list;
    names->name[names->count] = tsl__strdup(name);
    return names->name[names->count++] ? 0 : -1;
}

int tsl__link_names_read(hid_t group, tsl__link_names *names)
{
    unsigned order = 0;
    hid_t creation = H5Gget_create_plist(group);
    if (creation >= 0) {
        H5Pget_link_creation_order(creation, &order);
        H5Pclose(creation);
    }
    H5_index_t by = order & H5P_CRT_ORDER_INDEXED ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
    return H5Literate(group, by, H5_ITER_INC, NULL, add_link, names) < 0 ? -1 : 0;
}

void tsl__link_names_free(tsl__link_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->name[i]);
    }
    free(names->name);
    *names = (tsl__link_names){0};
}

/* ---- Objects ---- */

void tsl__foreign_get_text(tsl__foreign_texts *texts, hid_t object, const char *name, char *out, size_t capacity)
{
    unsigned char reference[TSL__REFERENCE_BYTES] = {0};
    hid_t attribute = H5Aexists(object, name) > 0 ? H5Aopen(object, name, H5P_DEFAULT) : -1;
    out[0] = '\0';
    if (attribute < 0) {
        return;
    }
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    const int single = H5Sget_simple_extent_npoints(space) == 1 && H5Tget_class(type) == H5T_STRING;
    const size_t width = single ? H5Tget_size(type) : 0;
    if (single && H5Tis_variable_str(type) > 0) {
        const char *text = tsl__foreign_bytes_read(attribute, sizeof reference, reference) == 0
                               ? tsl__foreign_texts_get(texts, reference)
                               : NULL;
        if (text && strlen(text) < capacity) {
            strcpy(out, text);
        }
    } else if (single && width < capacity) {
        const int read = H5Aread(attribute, type, out) >= 0;
        out[read ? width : 0] = '\0';
    }
    H5Sclose(space);
    H5Tclose(type);
    H5Aclose(attribute);
}

tsl__foreign_form tsl__foreign_get_form(tsl__foreign_texts *texts, hid_t object)
{
    char kind[32];
    const H5I_type_t type = H5Iget_type(object);
    if (type == H5I_GROUP) {
        tsl__foreign_get_text(texts, object, "pandas_type", kind, sizeof kind);
        return *kind ? TSL__FORM_PANDAS : TSL__FORM_GROUP;
    }
    if (type != H5I_DATASET) {
        return TSL__FORM_OTHER;
    }
    hid_t space = H5Dget_space(object), cell = H5Dget_type(object);
    const int is_line =
        H5Sget_simple_extent_type(space) == H5S_SIMPLE && H5Sget_simple_extent_ndims(space) == 1 && cell >= 0;
    const int is_record = is_line && H5Tget_class(cell) == H5T_COMPOUND;
    H5Tclose(cell);
    H5Sclose(space);
    return is_record ? TSL__FORM_RECORDS : is_line ? TSL__FORM_COLUMN : TSL__FORM_OTHER;
}

hid_t tsl__foreign_open_object(const tsl__hdf *hdf, const char *path)
{
    const char *begin = path + strspn(path, "/");
    size_t length = strlen(begin);
    while (length && begin[length - 1] == '/') {
        length--;
    }
    if (!tsl__memory_has_room()) {
        return -2;
    }
    if (length == 0) {
        return H5Gopen2(hdf->file, "/", H5P_DEFAULT);
    }
    char *plain = tsl__strndup(begin, length);
    const int there = plain ? tsl__hdf_check(hdf, plain) : -1;
    hid_t object = there > 0 ? H5Oopen(hdf->file, plain, H5P_DEFAULT) : there < 0 ? -2 : -1;
    free(plain);
    return object;
}

/* ---- Tables ---- */

typedef struct search {
    tsl__foreign_texts *texts;
    tsl__link_names found; /* paths */
    size_t looked;
    int failed; /* out of memory */
} search;

static void add_found(search *s, const char *path)
{
    void *list = s->found.name;
    s->failed |= tsl__reserve(&list, &s->found.capacity, s->found.count + 1, sizeof *s->found.name);
    if (!s->failed) {
        s->found.name = list;
        s->found.name[s->found.count] = tsl__strdup(path);
        s->failed = !s->found.name[s->found.count];
        s->found.count += !s->failed;
    }
}

/* What lies in a group, and in the groups in it. PyTables keeps its indices in groups of their own. */
static void look_into(search *s, hid_t group, const char *path, int depth)
{
    tsl__link_names names = {0};
    int has_columns = 0;
    s->failed |= tsl__link_names_read(group, &names) && !tsl__memory_has_room();
    for (size_t i = 0; i < names.count && !s->failed && s->looked++ < OBJECTS_MOST; i++) {
        char *below = tsl__format("%s/%s", strcmp(path, "/") == 0 ? "" : path, names.name[i]);
        hid_t object = below ? H5Oopen(group, names.name[i], H5P_DEFAULT) : -1;
        const tsl__foreign_form form = object < 0 ? TSL__FORM_OTHER : tsl__foreign_get_form(s->texts, object);
        s->failed |= !below;
        if (form == TSL__FORM_RECORDS || form == TSL__FORM_PANDAS) {
            add_found(s, below);
        } else if (form == TSL__FORM_GROUP && depth < DEPTH_MOST && strncmp(names.name[i], "_i_", 3) != 0) {
            look_into(s, object, below, depth + 1);
        }
        has_columns |= form == TSL__FORM_COLUMN;
        H5Oclose(object);
        free(below);
    }
    tsl__link_names_free(&names);
    if (has_columns) {
        add_found(s, path);
    }
}

static tsl_status fail_several(const tsl__hdf *hdf, const search *s, tsl_error *err)
{
    tsl__text text = {0};
    for (size_t i = 0; i < s->found.count && i < SHOWN; i++) {
        tsl__text_printf(&text, "%s%s", i ? ", " : "", s->found.name[i]);
    }
    tsl_status status = text.failed
                            ? tsl__error_nomem(err)
                            : tsl__error_set(err, TSL_E_INPUT,
                                             "%s: holds %zu tables; %s:%s names one of them, and so does --sheet: "
                                             "%s%s",
                                             hdf->stream.name, s->found.count, hdf->stream.name, s->found.name[0],
                                             text.data, s->found.count > SHOWN ? ", ..." : "");
    tsl__text_free(&text);
    return status;
}

tsl_status tsl__foreign_find(const tsl__hdf *hdf, tsl__foreign_texts *texts, char **path, tsl_error *err)
{
    search s = {.texts = texts};
    tsl_status status = TSL_OK;
    *path = NULL;
    hid_t root = tsl__foreign_open_object(hdf, "/");
    TSL__NEED(root != -2);
    look_into(&s, root, "/", 0);
    TSL__NEED(!s.failed);
    if (s.found.count == 0) {
        TSL__TRY(
            tsl__error_set(err, TSL_E_INPUT,
                           "%s: holds no table; its columns are expected as arrays of one dimension in a group, or "
                           "as the fields of an array of records",
                           hdf->stream.name));
    }
    TSL__TRY(s.found.count > 1 ? fail_several(hdf, &s, err) : TSL_OK);
    *path = s.found.name[0];
    s.found.count = 0;
done:
    H5Gclose(root);
    tsl__link_names_free(&s.found);
    return status;
}
