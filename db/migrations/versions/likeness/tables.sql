CREATE TABLE photo_looks (
    shop TEXT NOT NULL,
    band INTEGER NOT NULL,
    "case" TEXT NOT NULL,
    photo TEXT NOT NULL,
    look BIT(64) NOT NULL,
    CONSTRAINT photo_looks_pk PRIMARY KEY (shop, band, "case", photo)
);

CREATE INDEX photo_looks_by_case ON photo_looks ("case", photo);

-- A photo of a complaint by its bands (see domain/evidence.py): of two photos that look alike one band is equal.
CREATE FUNCTION keep_looks(told jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO photo_looks (shop, band, "case", photo, look)
    SELECT told ->> 'shop',
           band * 1024 + ((look::bigint >> (band * 9)) & CASE band WHEN 6 THEN 1023 ELSE 511 END)::integer,
           told ->> 'case', sent ->> 'photo', look
    FROM jsonb_array_elements(told -> 'photos') AS sent,
         LATERAL (SELECT CASE WHEN sent ->> 'difference_hash' ~ '^[0-9a-f]{16}$'
                              THEN ('x' || (sent ->> 'difference_hash'))::bit(64) END AS look) AS seen,
         generate_series(0, 6) AS band
    WHERE look IS NOT NULL AND NOT EXISTS (
        SELECT FROM photo_looks AS known WHERE known."case" = told ->> 'case' AND known.photo = sent ->> 'photo'
    )
    ON CONFLICT DO NOTHING
$$;
