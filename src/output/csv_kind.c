/* csv_kind.c: what a CSV file of this room is. */
#include <tesela/output.h>

#include <string.h>

const char *tsl_csv_get_kind(const char *head)
{
    static const struct {
        const char *kind, *head;
        int whole; /* the head is this, not only begins so */
    } files[] = {{"labels", "customer_id,segment,segment_name,distance,", 0},
                 {"segments", "customer_id,segment,segment_name,", 0},
                 {"labels", "id,segment,segment_name,distance,", 0},
                 {"labels", "row,segment,segment_name,distance,", 0},
                 {"movers", "customer_id,change,segment_code_then,", 0},
                 {"warnings", "rank,customer_id,segment_code,", 0},
                 {"rejects", "file,line,column,kind,text,message", 1},
                 {"labels", "row,cluster", 1},
                 {"labels", "id,cluster", 1},
                 {"labels", "customer_id,cluster", 1},
                 {"values", "customer_id,x,t_x,T,", 0},
                 {"values", "row,x,t_x,T,", 0},
                 {"values", "customer_id,r_score,f_score,m_score,rfm_score,score,", 0},
                 {"values", "customer_id,score,contribution_", 0}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (strncmp(head, files[i].head, strlen(files[i].head) + (size_t)files[i].whole) == 0) {
            return files[i].kind;
        }
    }
    return NULL;
}
