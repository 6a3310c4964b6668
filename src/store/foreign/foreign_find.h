/* foreign_find.h: the groups of an HDF5 file, and which of them is a table. */
#ifndef TSL_STORE_FOREIGN_FOREIGN_FIND_H
#define TSL_STORE_FOREIGN_FOREIGN_FIND_H

#include "store/foreign/foreign_heap.h"
#include "store/hdf.h"

/* The names of a group's plain links, in the order in which they were made where the file knows it, else by their
 * bytes. owned: free each name and the list. -1: out of memory, or the group cannot be listed. */
typedef struct tsl__link_names {
    char **name;
    size_t count, capacity;
} tsl__link_names;
int tsl__link_names_read(hid_t group, tsl__link_names *names);
void tsl__link_names_free(tsl__link_names *names);

/* What an object of the file is, for tables. */
typedef enum tsl__foreign_form {
    TSL__FORM_OTHER,
    TSL__FORM_GROUP,
    TSL__FORM_PANDAS, /* a group that pandas writes */
    TSL__FORM_COLUMN, /* an array of one dimension */
    TSL__FORM_RECORDS /* such an array of records */
} tsl__foreign_form;
tsl__foreign_form tsl__foreign_get_form(tsl__foreign_texts *texts, hid_t object);

/* A text that h5py or PyTables attached; "" where there is none, or one that does not fit in. */
void tsl__foreign_get_text(tsl__foreign_texts *texts, hid_t object, const char *name, char *out, size_t capacity);

/* The path of the only table in the file, "/" at least, owned. TSL_E_INPUT: none, or several, which are named. */
TSL_FALLIBLE tsl_status tsl__foreign_find(const tsl__hdf *hdf, tsl__foreign_texts *texts, char **path, tsl_error *err);

/* The object at a path, with or without slashes at its ends, open; -1: there is none, -2: out of memory. */
hid_t tsl__foreign_open_object(const tsl__hdf *hdf, const char *path);

#endif
