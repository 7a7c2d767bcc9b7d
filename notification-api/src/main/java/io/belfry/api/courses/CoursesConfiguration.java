package io.belfry.api.courses;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The calls about courses and about oneself. */
@Configuration(proxyBeanMethods = false)
@Import({CourseController.class, MeController.class})
public class CoursesConfiguration {

    @Bean
    CourseAccess courseAccess(JdbcClient sql) {
        return new CourseAccess(sql);
    }

    @Bean
    CourseReader courseReader(JdbcClient sql) {
        return new CourseReader(sql);
    }
}
