/* replay.c: has a fuzzer take the files that are named, or lie in the folders that are named, one after the other. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static int take_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t count = 0;
    unsigned char *bytes = NULL;
    if (!file || fseek(file, 0, SEEK_END) || !(bytes = malloc((size_t)ftell(file) + 1))) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(1);
    }
    const size_t size = (size_t)ftell(file);
    rewind(file);
    count = fread(bytes, 1, size, file);
    fclose(file);
    bytes = realloc(bytes, count ? count : 1); /* so that a look behind its end is seen */
    LLVMFuzzerTestOneInput(bytes, count);
    free(bytes);
    return 1;
}

/* Returns how many files were taken. */
static int take(const char *path)
{
    char name[4096];
    int taken = 0;
    DIR *folder = opendir(path);
    if (!folder) {
        return take_file(path);
    }
    for (const struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] != '.') {
            snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
            taken += take(name);
        }
    }
    closedir(folder);
    return taken;
}

int main(int count, char **argument)
{
    int taken = 0;
    for (int i = 1; i < count; i++) {
        taken += take(argument[i]);
    }
    printf("%d files\n", taken);
    return taken == 0;
}
